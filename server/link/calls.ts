/** Questions on their way: each gets one answer, its deadline, or the loss of the line, whichever comes first. */
import { LinkFailure, LinkTimeout, WorkerUnreachable } from './errors';
import type { LinkReply } from './protocol';

type Reply = Extract<LinkReply, { kind: 'reply' }>;
type Value = Extract<Reply, { ok: true }>['value'];

interface Call {
  resolve(value: Value): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export interface Calls {
  /** @param ask is given the number of the call. @param timeoutMs host ms. */
  call(ask: (id: number) => void, timeoutMs: number): Promise<Value>;
  answer(reply: Reply): void;
  /** Every call under way fails. */
  lost(why: string): void;
}

export function openCalls(): Calls {
  const calls = new Map<number, Call>();
  let lastId = 0;

  function take(id: number): Call | null {
    const call = calls.get(id) ?? null;
    calls.delete(id);
    if (call) clearTimeout(call.timer);
    return call;
  }

  return {
    call(ask, timeoutMs) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const late = () =>
          take(id)?.reject(new LinkTimeout(`The worker did not answer within ${timeoutMs} ms.`));
        calls.set(id, { resolve, reject, timer: setTimeout(late, timeoutMs) });
        ask(id);
      });
    },
    answer(reply) {
      const call = take(reply.id);
      if (reply.ok) call?.resolve(reply.value);
      else call?.reject(new LinkFailure(reply.error));
    },
    lost(why) {
      const unknown =
        'Whether it heard the request is not known; the same command may be sent again without harm.';
      for (const id of [...calls.keys()]) take(id)?.reject(new WorkerUnreachable(`${why} ${unknown}`));
    },
  };
}
