/** How long to wait before trying again: twice as long each time, up to a limit, shaken so that several clients do not knock together. */

/**
 * @param failures in a row, 1 for the first
 * @param chance 0..1
 * @returns ms, between half the span and the whole of it
 */
export function backoffMs(
  failures: number,
  span: { firstMs: number; mostMs: number },
  chance: number,
): number {
  const whole = Math.min(span.mostMs, span.firstMs * 2 ** (failures - 1));
  return Math.round(whole / 2 + (whole / 2) * chance);
}
