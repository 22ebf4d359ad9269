/** One process of the hunt, healthy or with a mutant in it. It is asked one trial after another. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Mutant } from './mutant';
import type { Trial } from './trial';

const here = import.meta.dirname;
/** What takes longer runs for ever, ms of real time. */
const PATIENCE_MS = 60_000;

export class Lab {
  private readonly child: ChildProcess;
  private gone = false;

  constructor(mutant: Mutant | null) {
    this.child = fork(path.join(here, 'trial.child.ts'), {
      execArgv: ['--import', path.join(here, 'splice.mjs'), '--import', 'tsx'],
      env: { ...process.env, MUTANT: mutant ? JSON.stringify(mutant) : '' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('exit', () => {
      this.gone = true;
    });
  }

  /** @returns what broke, or null. A process that dies or does not come to an end has broken. */
  ask(trial: Trial): Promise<string | null> {
    if (this.gone) return Promise.resolve('the process died');
    const { child } = this;
    return new Promise((resolve) => {
      const conclude = (what: string | null) => {
        clearTimeout(patience);
        child.removeAllListeners('message');
        child.removeListener('exit', died);
        resolve(what);
      };
      const died = () => conclude('the process died');
      const patience = setTimeout(() => {
        child.kill('SIGKILL');
        conclude('it never comes to an end');
      }, PATIENCE_MS);
      child.once('message', ({ what }: { what: string | null }) => conclude(what));
      child.once('exit', died);
      child.send(trial);
    });
  }

  close(): void {
    if (!this.gone) this.child.kill();
  }
}
