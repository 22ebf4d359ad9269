/**
 * The server version both sides speak for the life of a connection. Message layouts depend on it (`version >= N` gates);
 * outside 177..193 the layouts here are wrong, so nothing outside is ever agreed.
 */

export const VERSION_MIN = 177;
export const VERSION_MAX = 193;

export interface VersionOffer {
  min: number;
  max: number;
  /** What stands behind the versions, such as `+PACEAPI`. */
  options: readonly string[];
}

/** Reads `v100..193`, `v178`, and either with connection options behind a space; undefined for anything else. */
export function parseVersionOffer(text: string): VersionOffer | undefined {
  const match = /^v(\d+)(?:\.\.(\d+))?(?: (.*))?$/.exec(text);
  if (!match) return undefined;
  const min = Number(match[1]);
  const options = (match[3] ?? '').split(' ').filter((option) => option !== '');
  return { min, max: match[2] === undefined ? min : Number(match[2]), options };
}

/** The highest version both sides know, at most `ceiling`; undefined when there is none. */
export function agreeVersion(
  offer: Pick<VersionOffer, 'min' | 'max'>,
  ceiling: number = VERSION_MAX,
): number | undefined {
  const version = Math.min(offer.max, ceiling, VERSION_MAX);
  return version < Math.max(offer.min, VERSION_MIN) ? undefined : version;
}
