/** Limits as a person names them: `min_distance_ticks=6`, `max_loss_per_trade=1250` (dollars), `cooldown_ms=0`. */
import { DEFAULT_LIMITS, type Limits } from '../../engine/model/limits';
import { microsOf } from '../../engine/model/money';
import { InputError } from '../model/input-error';
import { DEFAULT_SETTING, type Setting } from './setting';

const MICROS = /Micros$/;

/** By the name that a person writes; money is named without its unit and given in dollars. */
const KEYS: ReadonlyMap<string, keyof Limits> = new Map(
  Object.keys(DEFAULT_LIMITS).map((key) => [snake(key.replace(MICROS, '')), key as keyof Limits]),
);

/** @param text `name=value`. @returns the one limit that it names. @throws InputError for a limit that does not exist or a value that is none. */
function limitNamed(text: string): Partial<Limits> {
  const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(text) ?? [];
  const key = KEYS.get(snake(name));
  if (key === undefined) {
    const wrong = name === '' ? `"${text}" is not name=value.` : `There is no limit ${name}.`;
    throw new InputError(`${wrong} Nothing was judged. The limits are: ${[...KEYS.keys()].join(', ')}.`);
  }
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0)
    throw new InputError(`${name} is a number from 0, not "${value}". Nothing was judged.`);
  return { [key]: MICROS.test(key) ? microsOf(number) : number };
}

/** @param texts `name=value` each; what is not named is the default. @throws InputError */
export function settingUnder(texts: readonly string[]): Setting {
  return { ...DEFAULT_SETTING, limits: { ...DEFAULT_SETTING.limits, ...limitsNamed(texts) } };
}

/** The last of a name counts. @throws InputError */
export function limitsNamed(texts: readonly string[]): Partial<Limits> {
  return Object.assign({}, ...texts.map(limitNamed));
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).toLowerCase();
}
