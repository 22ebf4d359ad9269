/** A stack of one fake process, to be killed by a test. Prints the fake's process id. */
import { keepAlive } from '../keep-alive';

const ignore = (): void => undefined;
const child = keepAlive(
  { name: 'fake', args: process.argv.slice(2), env: process.env },
  { started: (pid) => console.log(pid), beat: ignore, said: ignore, ended: ignore },
);
process.on('SIGTERM', () => void child.stop(1_000));
