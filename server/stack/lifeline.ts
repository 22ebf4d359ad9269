/**
 * Nothing outlives the stack. Whoever starts a process of the stack holds an IPC channel to it; the system closes that channel when the
 * starter is gone, even by `kill -9`. The mains of gateway and worker call `endWithParent` before anything else.
 */

/**
 * Calls `end` once: on SIGTERM, on Ctrl-C, when the terminal closes, and when the process that started this one is gone.
 * Then exits, at the latest after `graceMs`. Started by hand, without a channel, only the signals count.
 */
export function endWithParent(end: () => void | Promise<void> = () => undefined, graceMs = 4_000): void {
  let ending = false;
  const endOnce = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), graceMs).unref();
    Promise.resolve()
      .then(end)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, endOnce);
  // Whoever read our output is gone too: a last word into a broken pipe must not cut the ending short.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('disconnect', endOnce);
  process.channel?.unref();
  // Gone before we listened; without any channel this is undefined.
  if (process.connected === false) endOnce();
}

/**
 * Where a process of the stack logs to. Pino's own destination repeats a write that fails, whatever the error: when whoever reads the log is
 * gone, a last warning kept the process from ending. Through `process.stdout` it is an `error` event, heard and forgotten above.
 */
export const LOG_STREAM = {
  write: (line: string): void => {
    process.stdout.write(line);
  },
};

/** A sign of life for the process that started this one (`dead-man.ts`); started by hand, for nobody. */
export function giveSignOfLife(): void {
  // a channel that closes meanwhile ends this process anyway
  if (process.connected) process.send?.('alive', () => undefined);
}

/** For a main that must not run (an unarmed live account, say): a process that ends before it was ever ready stops the whole start. */
export function refuseToStart(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
