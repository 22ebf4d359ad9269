import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../adapters/journal/journal';
import { openDesk } from '../../engine/testing/desk';
import { JournalReplay } from '../../replay/journal/again';
import { InputError } from '../../replay/model/input-error';
import { ReplayReport } from '../../replay/report/report';
import { INCIDENT, textOf } from '../../replay/testing/bot-log';
import { ENTRY_14812, ordersDb, temporaryFile } from '../../replay/testing/orders-db';
import { readSettings } from '../../settings';
import type { Outcome } from '../outcome';
import { interlock } from '../program';

/** Runs `interlock replay` as main.ts does. */
async function replay(...args: string[]): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const desk = { settings: readSettings({ INTERLOCK_HOME: HOME }), operator: 'ada', tell: () => undefined };
  const program = interlock({
    confirm: () => Promise.resolve(false),
    async run(work) {
      outcome = await work(desk);
    },
  });
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeErr: () => undefined });
  await program.parseAsync(['replay', ...args], { from: 'user' });
  if (outcome === undefined) throw new Error('The command did nothing.');
  return outcome;
}

const HOME = path.dirname(temporaryFile('home'));
const SOUND = {
  ...ENTRY_14812,
  order_id: 15_000,
  timestamp: '2025-12-11T15:00:00',
  stop_loss: 6885.5,
  take_profit: 6898,
};
const FILE = ordersDb({ orders: [ENTRY_14812, SOUND] });
const of = (...args: string[]) => replay('--orders-db', FILE, ...args);

describe('interlock replay', () => {
  it('says that 14812 would have been blocked, and why', async () => {
    const { code, text } = await of('--order-id', '14812', '--verify-reduce-only');
    expect(code).toBe(0);
    expect(text).toContain('Blocked: BUY 1 ES at 6890.5 (14812) would not have been sent.');
    expect(text).toMatch(/Stop and target +deny +no stop, no target += +both given +MISSING_PROTECTION/);
    expect(text).toContain('As a reduce-only exit\n  What was held in ES is not told.');
    expect(text).toContain(`${FILE}:14812  orders: order_id=14812`);
  });

  it('ends with 1 for an order that the guards let pass, and with 0 for the same under stricter limits', async () => {
    expect((await of('--order-id', '15000')).code).toBe(1);
    const strict = await of('--order-id', '15000', '--set', 'min_distance_ticks=40');
    expect(strict.code).toBe(0);
    expect(strict.text).toContain('Distance to stop: 20 ticks (must be ≥ 40 ticks)');
    expect((await of('--order-id', '15000', '--max-loss', '100')).text).toContain('Loss at stop: $250.00');
    const micro = await of('--order-id', '15000', '--max-loss', '100', '--contract-multiplier', '5');
    expect(micro.code).toBe(1);
  });

  it('tells of a day, with counts that add up', async () => {
    const { code, text, data } = await of('--date', '2025-12-12');
    expect(code).toBe(0);
    expect(text).toContain('1 orders: 1 blocked, 0 not blocked');
    expect(ReplayReport.parse(data).summary).toMatchObject({ orders: 1, blocked: 1 });
    expect(ReplayReport.parse((await of('--all')).data).summary).toMatchObject({ orders: 2, passed: 1 });
  });

  it('gives a table to a spreadsheet', async () => {
    const { long } = await of('--csv');
    const text = [...(long?.text ?? [])].join('');
    const [head, first] = text.split('\r\n');
    expect(head?.split(',').slice(0, 4)).toEqual(['order_id', 'time', 'symbol', 'action']);
    expect(first).toMatch(
      /^15000,2025-12-11T15:00:00\.000Z,ES,BUY,BUY,1,LMT,6890\.5,6885\.5,6898,,,,entry,passed,,/,
    );
  });

  it.each([
    [
      ['--order-id', '14813'],
      /Order 14813 is not there\. 2 orders were read\. The nearest ids are 14812, 15000\./,
    ],
    [['--date', '2025-01-05'], /no order on 2025-01-05 .* from 2025-12-11 to 2025-12-12/],
    [['--block-on-wait', '0'], /--block-on-wait 0 is refused: a WAIT always blocks/],
    [['--set', 'speed=9'], /There is no limit speed\./],
    [['--set', 'min_distance_ticks=few'], /min_distance_ticks is a number/],
    [['--order-id', '14812', '--all'], /Give one of --order-id, --date and --all/],
    [['--export-test', 'x.test.ts'], /needs the --order-id/],
  ])('%j cannot be answered, and says why', async (args, why) => {
    await expect(of(...args)).rejects.toThrow(InputError);
    await expect(of(...args)).rejects.toThrow(why);
  });

  it('is told like any other command when an option is no number', async () => {
    await expect(of('--order-id', '5x')).rejects.toThrow(CommanderError);
  });

  it('wants one kind of evidence', async () => {
    await expect(replay('--all')).rejects.toThrow('Give one of --log, --orders-db and --journal.');
  });

  it('makes a fixture with a test that imports the guards, and writes over nothing', async () => {
    const file = temporaryFile('14812.test.ts');
    await of('--order-id', '14812', '--export-test', file);
    const text = readFileSync(file, 'utf8');
    const judge = /import \{ judgeAlone \} from '([^']+)'/.exec(text)?.[1] ?? '';
    expect(existsSync(`${path.resolve(path.dirname(file), judge)}.ts`)).toBe(true);
    expect(text).toContain('"MISSING_PROTECTION"');
    writeFileSync(file, 'mine');
    await expect(of('--order-id', '14812', '--export-test', file)).rejects.toThrow(
      'Give a file that is not there yet.',
    );
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });
});

describe('interlock replay --tape', () => {
  it('sets what the guards would have made beside what the bot made', async () => {
    const tape = temporaryFile('tape.csv');
    const minutes = Array.from({ length: 60 }, (_, minute) => {
      const price = 6890.5 - minute / 4;
      return `${new Date(Date.UTC(2025, 11, 12, 14, 50 + minute)).toISOString()},${price},${price},${price},${price},100`;
    });
    writeFileSync(tape, ['timestamp,open,high,low,close,volume', ...minutes].join('\n'));
    const bought = { id: 1, order_id: 14_812, timestamp: '2025-12-12T14:53:20', quantity: 1, price: 6890.5 };
    const file = ordersDb({ orders: [ENTRY_14812], executions: [bought] });
    const { code, text, data } = await replay('--orders-db', file, '--tape', tape);
    expect(code).toBe(0);
    expect(text).toMatch(/20251212 +\+\$0\.00 +0 +-\$739\.75 +1/);
    expect(text).toContain('1  MISSING_PROTECTION');
    expect(data).toMatchObject({ tape: { guarded: { fills: 0 }, bot: { left: 1 } } });
    await expect(of('--order-id', '14812', '--tape', tape)).rejects.toThrow('--tape is for the orders');
  });
});

describe('interlock replay --log', () => {
  it('says that 14812 had no stop, that the advisor said WAIT, and what an exit would have been', async () => {
    const log = temporaryFile('bot.log');
    writeFileSync(log, textOf(INCIDENT));
    const { code, text } = await replay('--log', log, '--order-id', '14812', '--verify-reduce-only');
    expect(code).toBe(0);
    expect(text).toContain('Stop and target: no stop, no target (must be both given).');
    expect(text).toContain('The advisor said WAIT, and the signal is not sure enough to lift it.');
    expect(text).toMatch(/advisor +WAIT, confidence 0\.5; not obeyed/);
    expect(text).toContain('Held: short 1 ES by the broker. The exit would have been BUY 1, reduce-only');
    expect(text).toContain(`${log}:3  `);
    await expect(replay('--log', log, '--order-id', '14815')).rejects.toThrow('The nearest ids are 14812.');
  });

  it('says of a log without orders how much was read', async () => {
    const log = temporaryFile('quiet.log');
    writeFileSync(log, '2025-12-12 08:53:13 CST | INFO | nothing happened\n\n');
    await expect(replay('--log', log)).rejects.toThrow('There is no order in it: 2 lines were read.');
  });
});

describe('interlock replay --journal', () => {
  it('says which of our own decisions another limit would change', async () => {
    const { databaseUrl } = readSettings({ INTERLOCK_HOME: HOME });
    const journal = await openJournal({ databaseUrl, engineVersion: 'test' });
    const desk = openDesk().signal({ stopPrice: 6889.25 });
    await journal.append({ entries: desk.journal, cycles: [], bars: [] });
    await journal.close();
    const { code, text, data } = await replay('--journal', '--set', 'min_distance_ticks=6');
    expect(code).toBe(0);
    expect(text).toMatch(
      /ES +signal +asked +denied INSUFFICIENT_DISTANCE +Distance to stop: pass before, deny now \(5 ≥ 6\)/,
    );
    expect(JournalReplay.parse(data).summary).toEqual({ decisions: 2, stopped: 2, released: 0, same: 0 });
    await expect(replay('--journal', '--order-id', '1')).rejects.toThrow('A journal has cycles');
  });
});
