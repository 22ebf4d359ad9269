/** The commands of `interlock` and their arguments. */
import { Argument, Command, InvalidArgumentError } from 'commander';
import { type ExitRules, rulesText } from '../engine/model/exit-rules';
import { type Action, act, approve } from './act';
import { cycle, cycles } from './cycles';
import { flatten } from './flatten';
import { frames } from './frames';
import type { Desk, Outcome } from './outcome';
import { type ReplayOptions, replayCommand } from './replay/options';
import { replay } from './replay/replay';
import { status } from './status';

export interface Shell {
  /** Opens the desk for these options, runs the command and ends the process with its code. */
  run(work: (desk: Desk) => Promise<Outcome>): Promise<void>;
  /** True when the person typed the word. */
  confirm(word: string): Promise<boolean>;
}

const SYMBOL = 'one instrument, e.g. ES; all of them when left out';
const ORPHAN_DONE = {
  adopt: 'Adopted: it keeps the stop that it got.',
  flatten: 'It is being closed.',
  ignore: 'Ignored: our stop is being cancelled. The instrument takes no entry while it is held.',
};
const HALF_A_TRAIL: Outcome = {
  code: 2,
  text: '--trail-after and --trail-by go together. Nothing was done.',
  data: { result: 'not understood' },
};
const NOT_FLATTENED: Outcome = { code: 2, text: 'Nothing was done.', data: { result: 'not confirmed' } };

export function interlock(shell: Shell): Command {
  const program = new Command('interlock')
    .description('Watches and stops a running Interlock without the console.')
    .option('--home <folder>', 'the folder of the stack (INTERLOCK_HOME, else .interlock)')
    .option('--json', 'print one JSON document instead of words')
    .showSuggestionAfterError(false)
    .exitOverride()
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 refused, or NOT FLAT; 2 worker unreachable, or bad usage.',
    );

  program
    .command('status')
    .description('what is held, what works at the broker, what waits for a person')
    .action(() => shell.run(status));

  const switches = [
    ['halt', 'HaltEntries', 'no new entries; exits and protection go on', 'Entries are halted.'],
    [
      'halt-all',
      'Halt',
      'no entries and no exits of the strategy; protection goes on',
      'The strategy is halted.',
    ],
    [
      'cancel-entries',
      'CancelEntries',
      'cancels entry orders that work; protective stops stay',
      'Entries are being cancelled.',
    ],
  ] as const;
  for (const [name, kind, description, done] of switches) {
    program
      .command(name)
      .description(description)
      .argument('[symbol]', SYMBOL)
      .option('--reason <text>', 'why', 'command line')
      .action((symbol: string | undefined, { reason }: { reason: string }) =>
        shell.run((desk) => act(desk, { kind, scope: scopeOf(symbol), reason }, done)),
      );
  }

  program
    .command('flatten')
    .description('halts, cancels entries and closes positions; waits until the broker confirms')
    .argument('[symbol]', SYMBOL)
    .option('--reason <text>', 'why', 'command line')
    .option('--yes', 'do not ask')
    .action(async (symbol: string | undefined, { reason, yes }: { reason: string; yes?: boolean }) => {
      const sure = yes === true || (await shell.confirm('FLATTEN'));
      await shell.run((desk) =>
        sure ? flatten(desk, scopeOf(symbol), reason) : Promise.resolve(NOT_FLATTENED),
      );
    });

  withReason(
    program
      .command('abandon-flatten')
      .description('ends a flatten that cannot end by itself; entries stay halted'),
  ).action(({ reason }: { reason: string }) =>
    shell.run((desk) => act(desk, { kind: 'AbandonFlatten', reason }, 'The flatten is abandoned.')),
  );

  withReason(
    program.command('resume').description('lets entries out again').argument('[symbol]', SYMBOL),
  ).action((symbol: string | undefined, { reason }: { reason: string }) =>
    shell.run((desk) =>
      act(desk, { kind: 'Resume', scope: scopeOf(symbol), reason }, 'Entries are allowed again.'),
    ),
  );

  withReason(
    program
      .command('approve')
      .description('approves the exact order that waits')
      .argument('<proposal>', 'its id: see status'),
  ).action((proposalId: string, { reason }: { reason: string }) =>
    shell.run((desk) => approve(desk, proposalId, reason)),
  );

  withReason(
    program
      .command('reject')
      .description('rejects an order that waits')
      .argument('<proposal>', 'its id: see status'),
  ).action((proposalId: string, { reason }: { reason: string }) => {
    const action: Action = { kind: 'RejectProposal', proposalId, reason };
    return shell.run((desk) => act(desk, action, 'Rejected.'));
  });

  withReason(
    program
      .command('orphan')
      .description('decides about a position that no signal opened')
      .argument('<cycle>', 'its id: see status')
      .addArgument(new Argument('<decision>', 'what becomes of it').choices(['adopt', 'flatten', 'ignore'])),
  ).action((cycleId: string, decision: keyof typeof ORPHAN_DONE, { reason }: { reason: string }) => {
    const action: Action = { kind: 'DecideOrphan', cycleId, decision, reason };
    return shell.run((desk) => act(desk, action, ORPHAN_DONE[decision]));
  });

  withReason(
    program
      .command('rules')
      .description('sets what a position does by itself; what is not named is switched off')
      .argument('<cycle>', 'its id: see status')
      .option('--max-minutes <n>', 'close it after so long in the trade', count)
      .option(
        '--break-even-after <ticks>',
        'move the stop to break-even after so many ticks in favour',
        count,
      )
      .option(
        '--trail-after <ticks>',
        'let the stop follow the best price after so many ticks in favour',
        count,
      )
      .option('--trail-by <ticks>', 'so many ticks behind it', count),
  ).action((cycleId: string, options: RuleOptions & { reason: string }) => {
    const rules = rulesOf(options);
    if (rules === null) return shell.run(() => Promise.resolve(HALF_A_TRAIL));
    const action: Action = { kind: 'SetExitRules', cycleId, rules, reason: options.reason };
    const said = rulesText(rules) || 'none';
    return shell.run((desk) => act(desk, action, `Rules of ${cycleId}: ${said}.`));
  });

  program
    .command('cycles')
    .description('the latest cycles, or the story of one')
    .argument('[id]', 'a cycle id')
    .option('--symbol <symbol>', 'only this instrument')
    .option('--limit <n>', 'how many', count, 20)
    .action((id: string | undefined, query: { symbol?: string; limit: number }) =>
      shell.run((desk) => (id === undefined ? cycles(desk, query) : cycle(desk, id))),
    );

  program
    .command('frames')
    .description(
      'the messages in a recording of the paper gateway (--record), with their names; `npm run gateway -- --playback` plays one',
    )
    .argument('<file>', 'plain or gzipped')
    .option('--id <n>', 'only with this order id or request id')
    .option('--type <name>', 'only messages of this name or number, e.g. orderStatus')
    .option('--client <n>', 'only of this client id')
    .action((file: string, { client, ...wanted }: { id?: string; type?: string; client?: string }) => {
      const found = { ...wanted, client: client === undefined ? undefined : Number(client) };
      return shell.run(() => Promise.resolve(frames(file, found)));
    });

  program.addCommand(
    replayCommand()
      .copyInheritedSettings(program)
      .action((options: ReplayOptions) => shell.run((desk) => replay(desk, options))),
  );
  return program;
}

function withReason(command: Command): Command {
  return command.requiredOption('--reason <text>', 'why: it is journaled');
}

interface RuleOptions {
  maxMinutes?: number;
  breakEvenAfter?: number;
  trailAfter?: number;
  trailBy?: number;
}

/** @returns null for half a trail. */
function rulesOf({ maxMinutes, breakEvenAfter, trailAfter, trailBy }: RuleOptions): ExitRules | null {
  if ((trailAfter === undefined) !== (trailBy === undefined)) return null;
  return {
    maxMinutes: maxMinutes ?? null,
    breakEvenAfterTicks: breakEvenAfter ?? null,
    trail:
      trailAfter === undefined || trailBy === undefined ? null : { afterTicks: trailAfter, byTicks: trailBy },
  };
}

function scopeOf(symbol: string | undefined): string {
  return symbol?.toUpperCase() ?? '*';
}

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is a number from 1 to 9999.');
  return Number(text);
}
