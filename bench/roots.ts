/** Names for so many futures: X01, X02, ... */
export function rootsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `X${String(n + 1).padStart(2, '0')}`);
}

/** Contract id of the first of them; the others follow. */
export const FIRST_CON_ID = 800_000_000;
