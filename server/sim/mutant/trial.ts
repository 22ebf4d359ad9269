/** What a process of the hunt can be asked to play. */
export type Trial =
  /** @param at its place in the list of all scenarios. */
  { kind: 'scenario'; at: number; variation: number } | { kind: 'seed'; seed: number };
