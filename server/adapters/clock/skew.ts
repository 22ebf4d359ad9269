/**
 * The broker's clock against ours. It tells whole seconds, so one answer bounds the difference from two sides, a second and the round trip
 * apart: it was told at some moment between question and answer, and stands for the second that it names. Answers at other moments of the
 * second bound it elsewhere; together they leave little room.
 */

/** Broker's time minus ours, ms: the middle of what is possible, and how far it may be off either way. */
export interface Skew {
  ms: number;
  plusMinusMs: number;
}

export interface Reading {
  /** As the broker told it: the beginning of a second, ms. */
  brokerMs: number;
  /** This machine's time when the answer came, ms. */
  answeredHostMs: number;
  roundTripMs: number;
}

const SECOND_MS = 1_000;
/** Clocks drift by a few ms a minute: older readings bound another difference. */
const KEPT = 40;

/** @returns what is known after each reading. Readings that cannot all be true mean that a clock was set: only the newest counts then. */
export function skewMeter(): (reading: Reading) => Skew {
  let bounds: { least: number; most: number }[] = [];
  return ({ brokerMs, answeredHostMs, roundTripMs }) => {
    const newest = {
      least: brokerMs - answeredHostMs,
      most: brokerMs + SECOND_MS - (answeredHostMs - roundTripMs),
    };
    bounds = [...bounds, newest].slice(-KEPT);
    if (room(bounds) < 0) bounds = [newest];
    const least = Math.max(...bounds.map((bound) => bound.least));
    return { ms: Math.round(least + room(bounds) / 2), plusMinusMs: Math.ceil(room(bounds) / 2) };
  };
}

function room(bounds: readonly { least: number; most: number }[]): number {
  return Math.min(...bounds.map(({ most }) => most)) - Math.max(...bounds.map(({ least }) => least));
}
