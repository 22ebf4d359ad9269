/** What the two ends of a measured wire say to each other. */

/** What the parent asks for: so many milliseconds of exchange time, or so many frames to each client. */
export type Push = { kind: 'advance'; ms: number } | { kind: 'write'; frames: number };

/** The first word of either child. */
export interface Ready {
  port: number;
  conIds: readonly number[];
}

/** What it says when it has done what was asked: the CPU time that its process has used so far, ms. */
export interface Done {
  cpuMs: number;
}
