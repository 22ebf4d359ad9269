/** Both ends of the link over a real socket: what the worker serves, and what the web server and the command line see. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { StreamMessage } from '../engine/view/words';
import {
  connectLink,
  LinkFailure,
  type LinkOptions,
  LinkTimeout,
  type Snapshot,
  WorkerUnreachable,
} from './connect';
import { BEAT_MS, SILENCE_MS_MAX } from './line';
import { LINK_PATH, type OperatorCommandInput } from './protocol';
import { snapshotOf } from './sample';
import { type LinkServerOptions, serveLink } from './serve';

const KEY = 'k'.repeat(43);
const HALT: OperatorCommandInput = {
  commandId: 'command-1',
  operator: 'ada',
  via: 'test',
  action: { kind: 'HaltEntries', scope: '*', reason: '' },
};
const silent = { info: () => {}, warn: () => {} };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A worker that numbers its stream and answers as the test says. */
async function worker(options: Partial<LinkServerOptions> = {}, at = 0) {
  let latest: Snapshot = snapshotOf(1);
  const followers = new Set<(message: StreamMessage) => void>();
  const commands: OperatorCommandInput[] = [];
  const server = createServer();
  const link = serveLink({
    server,
    key: KEY,
    log: silent,
    handlers: {
      command: async (command) => {
        commands.push(command);
        return { result: 'accepted', seq: commands.length };
      },
      snapshot: () => latest,
      subscribe(push) {
        push(latest);
        followers.add(push);
        return () => followers.delete(push);
      },
    },
    ...options,
  });
  const port = await listen(server, at);
  const publish = (text = '', skip = 0) => {
    const set = { seq: latest.n + 1 + skip, mode: { ...latest.view.mode, why: text } };
    latest = snapshotOf(set.seq, set);
    for (const push of [...followers]) push({ kind: 'frame', n: latest.n, set });
  };
  const stop = async () => {
    link.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  closing.push(() => server.listening && stop());
  return { port, server, publish, commands, followers, stop };
}

function client(port: number, options: Partial<LinkOptions> = {}) {
  const link = connectLink({ url: `ws://127.0.0.1:${port}`, key: KEY, ...options });
  closing.push(() => link.close());
  const heard: StreamMessage[] = [];
  const follow = () => link.subscribe((message) => void heard.push(message));
  const lines = () => heard.map(({ kind, n }) => `${kind} ${n}`);
  return { link, follow, heard, lines };
}

const connected = (link: ReturnType<typeof connectLink>, is = true) =>
  expect.poll(() => link.status().connected).toBe(is);

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A bare client that follows, for what `connectLink` would hide. */
async function reader(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${LINK_PATH}`, { headers: { 'x-interlock-key': KEY } });
  closing.push(() => socket.terminate());
  socket.on('error', () => {});
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ kind: 'subscribe', id: 1 }));
  return socket;
}

describe('a command over the link', () => {
  it('sent right after connecting is answered when the worker has taken it', async () => {
    const { port, commands } = await worker();
    const { link } = client(port);
    await expect(link.command(HALT)).resolves.toEqual({ result: 'accepted', seq: 1 });
    expect(commands).toEqual([HALT]);
  });

  it('that is no command is refused by the worker in words, and the line stays open', async () => {
    const { port, commands } = await worker();
    const { link } = client(port);
    await expect(link.command({ ...HALT, commandId: 'short' })).rejects.toThrow(LinkFailure);
    await expect(link.command({ ...HALT, commandId: 'short' })).rejects.toThrow(/commandId/);
    await expect(link.command(HALT)).resolves.toMatchObject({ result: 'accepted' });
    expect(commands).toHaveLength(1);
  });

  it('that the worker cannot journal fails with its words', async () => {
    const { link } = client(
      (
        await worker({
          handlers: {
            command: () => Promise.reject(new Error('The disk is full.')),
            snapshot: () => snapshotOf(1),
            subscribe: () => () => {},
          },
        })
      ).port,
    );
    await expect(link.command(HALT)).rejects.toThrow(new LinkFailure('The disk is full.'));
  });

  it('that is not answered in time is a LinkTimeout', async () => {
    const never = {
      command: () => new Promise<never>(() => {}),
      snapshot: () => snapshotOf(1),
      subscribe: () => () => {},
    };
    const { link } = client((await worker({ handlers: never })).port, { answerMsMax: 30 });
    await expect(link.command(HALT)).rejects.toThrow(
      new LinkTimeout('The worker did not answer within 30 ms.'),
    );
  });

  it('under way when the worker dies is a WorkerUnreachable that says it may be sent again', async () => {
    let asked = () => {};
    const hears = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const command = () => {
      asked();
      return new Promise<never>(() => {});
    };
    const { port, stop } = await worker({
      handlers: { command, snapshot: () => snapshotOf(1), subscribe: () => () => {} },
    });
    const { link } = client(port);
    const answer = expect(link.command(HALT)).rejects.toThrow(/may be sent again without harm/);
    await hears;
    await stop();
    await answer;
  });

  it('with no worker there fails at once and is not kept for later', async () => {
    const port = await freePort();
    const { link } = client(port);
    await expect(link.command(HALT)).rejects.toThrow(new WorkerUnreachable('No worker listens there.'));
    await expect(link.command(HALT)).rejects.toThrow(WorkerUnreachable);
    const { commands } = await worker({}, port);
    await connected(link);
    expect(commands).toEqual([]);
  });
});

describe('a snapshot over the link', () => {
  it('is the worker’s whole view', async () => {
    const { port, publish } = await worker();
    publish('after lunch');
    await expect(client(port).link.snapshot()).resolves.toEqual(
      snapshotOf(2, { seq: 2, mode: { ...snapshotOf(1).view.mode, why: 'after lunch' } }),
    );
  });
});

describe('the stream over the link', () => {
  it('is a snapshot, then every frame', async () => {
    const { port, publish } = await worker();
    const { follow, lines } = client(port);
    follow();
    await expect.poll(lines).toEqual(['snapshot 1']);
    publish();
    publish();
    await expect.poll(lines).toEqual(['snapshot 1', 'frame 2', 'frame 3']);
  });

  it('begins anew with a snapshot after a gap', async () => {
    const { port, publish } = await worker();
    const { follow, lines } = client(port);
    follow();
    await expect.poll(lines).toEqual(['snapshot 1']);
    publish('', 5);
    await expect.poll(lines).toEqual(['snapshot 1', 'snapshot 7']);
    publish();
    await expect.poll(lines).toEqual(['snapshot 1', 'snapshot 7', 'frame 8']);
  });

  it('goes on by itself with the next worker, and tells who watches that it was gone', async () => {
    const first = await worker();
    const { link, follow, lines } = client(first.port);
    const seen: boolean[] = [];
    link.onStatus((status) => seen.push(status.connected));
    follow();
    await expect.poll(lines).toEqual(['snapshot 1']);
    await first.stop();
    await connected(link, false);
    expect(link.status().lastHeardHostMs).not.toBeNull();
    const second = await worker({}, first.port);
    await expect.poll(lines).toEqual(['snapshot 1', 'snapshot 1']);
    second.publish();
    await expect.poll(() => lines().at(-1)).toBe('frame 2');
    expect(seen[0]).toBe(true);
    expect(seen.slice(1, -1).every((is) => !is)).toBe(true);
    expect(seen.at(-1)).toBe(true);
  });

  it('leaves the worker when its client goes', async () => {
    const { port, followers } = await worker();
    const { link, follow } = client(port);
    follow();
    await expect.poll(() => followers.size).toBe(1);
    link.close();
    await expect.poll(() => followers.size).toBe(0);
  });

  it('spares the worker’s memory: a client that does not read gets a fresh snapshot when it reads again', async () => {
    const { port, publish, followers } = await worker({ bufferedBytesMax: 100_000 });
    const socket = await reader(port);
    const heard: string[] = [];
    socket.on('message', (data) => {
      const said = JSON.parse(data.toString());
      if (said.kind === 'stream') heard.push(`${said.message.kind} ${said.message.n}`);
    });
    await expect.poll(() => heard).toEqual(['snapshot 1']);
    socket.pause();
    let published = 1;
    while (followers.size > 0) {
      publish('x'.repeat(10_000));
      published += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (let more = 0; more < 100; more++) publish('x'.repeat(10_000));
    expect(heard).toEqual(['snapshot 1']);
    socket.resume();
    await expect.poll(() => heard.at(-1)).toBe(`snapshot ${published + 100}`);
    expect(heard).toHaveLength(published + 1);
  });

  it('drops a client that never reads again', async () => {
    const { port, publish, followers, server } = await worker({ bufferedBytesMax: 100_000, catchUpMs: 20 });
    const dropped = new Promise((resolve) =>
      server.once('connection', (connection) => connection.on('close', resolve)),
    );
    const socket = await reader(port);
    await expect.poll(() => followers.size).toBe(1);
    socket.pause();
    while (followers.size > 0) {
      publish('x'.repeat(10_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await dropped;
  });
});

describe('a worker that is dead but has not hung up', () => {
  it('is noticed by its silence, in words', async () => {
    const server = createServer();
    const mute = new WebSocketServer({ server, autoPong: false });
    const port = await listen(server);
    closing.push(() => {
      for (const socket of mute.clients) socket.terminate();
      server.close();
    });
    const { link } = client(port, { beatMs: 10, silenceMsMax: 30 });
    await connected(link);
    await connected(link, false);
    expect(link.status().detail).toBe('The worker has not answered for 30 ms.');
    await expect(link.command(HALT)).rejects.toThrow(WorkerUnreachable);
  });

  it('is noticed within two seconds with the figures that ship', async () => {
    const server = createServer();
    const mute = new WebSocketServer({ server, autoPong: false });
    const port = await listen(server);
    closing.push(() => {
      for (const socket of mute.clients) socket.terminate();
      server.close();
    });
    const { link } = client(port);
    await connected(link);
    await connected(link, false);
    expect(BEAT_MS + SILENCE_MS_MAX).toBeLessThanOrEqual(2_000);
    expect(link.status().detail).toBe(`The worker has not answered for ${SILENCE_MS_MAX} ms.`);
  });

  it('stays connected while it answers, however little it says', async () => {
    const { port } = await worker();
    const { link } = client(port, { beatMs: 10, silenceMsMax: 1_000 });
    await connected(link);
    const first = link.status().lastHeardHostMs ?? 0;
    await expect.poll(() => (link.status().lastHeardHostMs ?? 0) - first).toBeGreaterThan(1_200);
    expect(link.status().connected).toBe(true);
  });
});

describe('the keys of the link', () => {
  it('are read from a file anew at each attempt, so that a client may start before the worker', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'interlock-link-'));
    closing.push(() => rmSync(dir, { recursive: true }));
    const keyFile = path.join(dir, 'link.key');
    const { port } = await worker();
    const link = connectLink({ url: `ws://127.0.0.1:${port}`, keyFile });
    closing.push(() => link.close());
    await expect(link.command(HALT)).rejects.toThrow(/link\.key cannot be read\. Is the stack running/);
    writeFileSync(keyFile, `${KEY}\n`);
    await connected(link);
    await expect(link.command(HALT)).resolves.toMatchObject({ result: 'accepted' });
  });

  it('open nothing when they are wrong', async () => {
    const { port } = await worker();
    const link = connectLink({ url: `ws://127.0.0.1:${port}`, key: 'wrong' });
    closing.push(() => link.close());
    await expect(link.command(HALT)).rejects.toThrow(
      new WorkerUnreachable('The worker refused the link key.'),
    );
  });
});

describe('a client that speaks nonsense', () => {
  const outcome = async (text: string) => {
    const { port } = await worker();
    const socket = new WebSocket(`ws://127.0.0.1:${port}${LINK_PATH}`, {
      headers: { 'x-interlock-key': KEY },
    });
    closing.push(() => socket.terminate());
    await new Promise((resolve) => socket.on('open', resolve));
    socket.send(text);
    return new Promise<string>((resolve) => {
      socket.on('close', (code) => resolve(`closed ${code}`));
      socket.on('message', (data) => resolve(`answered ${JSON.parse(data.toString()).ok}`));
    });
  };

  it.each([
    ['no JSON', '{', 'closed 1008'],
    ['a request without a number', '{"kind":"snapshot"}', 'closed 1008'],
    ['a numbered request of an unknown kind', '{"kind":"trade","id":4}', 'answered false'],
    ['a message beyond 64 KiB', `"${'x'.repeat(70_000)}"`, 'closed 1009'],
  ])('is hung up on or told so: %s', async (_what, text, expected) => {
    expect(await outcome(text)).toBe(expected);
  });
});
