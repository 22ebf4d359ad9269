import path from 'node:path';
import { CommanderError } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from '../settings';
import { readCommandLine } from './options';

const TEST_ENV = { NODE_ENV: 'test' } as const;
const settingsOf = (args: string[], env: NodeJS.ProcessEnv = TEST_ENV) =>
  readSettings(readCommandLine(args, env).env);

afterEach(() => vi.restoreAllMocks());

describe('the command line of the stack', () => {
  it('without arguments: a synthetic market with the demo source', () => {
    expect(readCommandLine([], TEST_ENV).market).toEqual({
      day: 'demo',
      tape: null,
      at: null,
      seed: null,
    });
    expect(settingsOf([])).toMatchObject({
      demo: true,
      gateway: { kind: 'paper' },
      clock: { kind: 'wall', speed: 1 },
    });
  });

  it('a tape sets the clock of every process, and silences the demo source', () => {
    const args = ['--tape', 'es.csv.gz', '--at', '2025-12-12T14:45:00Z', '--speed', '60'];
    expect(readCommandLine(args, TEST_ENV).market).toEqual({
      day: null,
      tape: path.resolve('es.csv.gz'),
      at: '2025-12-12T14:45:00Z',
      seed: null,
    });
    expect(settingsOf(args)).toMatchObject({ demo: false, clock: { kind: 'tape', speed: 60 } });
  });

  it('another synthetic market is chosen by name', () => {
    expect(readCommandLine(['--market', 'globex'], TEST_ENV).market.day).toBe('globex');
    expect(readCommandLine(['--external-gateway', 'h:1'], TEST_ENV).market.day).toBeNull();
  });

  it('a file of signals silences the demo source, unless it is asked for', () => {
    expect(settingsOf(['--signals', 'day.jsonl'])).toMatchObject({
      demo: false,
      signalsFile: path.resolve('day.jsonl'),
    });
    expect(settingsOf(['--signals', 'day.jsonl', '--demo']).demo).toBe(true);
    expect(settingsOf(['--no-demo']).demo).toBe(false);
  });

  it('an external gateway never gets demo signals', () => {
    expect(settingsOf(['--external-gateway', 'tws.example:7497'])).toMatchObject({
      demo: false,
      gateway: { kind: 'external', host: 'tws.example', port: 7497 },
    });
    expect(settingsOf([], { ...TEST_ENV, INTERLOCK_GATEWAY: 'external' }).demo).toBe(false);
  });

  it('flags win over the environment, and the environment over the defaults', () => {
    const env = { ...TEST_ENV, INTERLOCK_WEB_PORT: '8000', INTERLOCK_WORKER_PORT: '8001' };
    expect(settingsOf(['--web-port', '9000'], env)).toMatchObject({ webPort: 9_000, workerPort: 8_001 });
    expect(settingsOf(['--port', '0', '--web-port', '9000'], env)).toMatchObject({
      webPort: 9_000,
      workerPort: 0,
      gateway: { port: 0 },
    });
  });

  it.each([
    [['--at', '2025-12-12T14:45:00Z'], '--at is a moment of a tape'],
    [['--external-gateway', 'h:1', '--tape', 'x.csv'], 'plays its own market'],
    [['--external-gateway', 'h:1', '--market', 'steady'], 'plays its own market'],
    [['--market', 'steady', '--tape', 'x.csv'], 'leave out --market or --tape'],
  ])('%j exclude each other', (args, sentence) => {
    expect(() => readCommandLine(args, TEST_ENV)).toThrow(sentence);
  });

  it.each([
    ['--at', 'yesterday'],
    ['--at', '2025-12-12T14:45:00'],
    ['--speed', '0'],
    ['--speed', 'fast'],
    ['--seed', '-1'],
    ['--market', 'bull'],
    ['--web-port', '70000'],
    ['--port', '5000'],
    ['--external-gateway', '7497'],
    ['--nonsense', '1'],
  ])('%s %s is refused', (flag, value) => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(() => readCommandLine([flag, value], TEST_ENV)).toThrow(CommanderError);
  });
});
