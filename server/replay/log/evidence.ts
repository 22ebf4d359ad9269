/** Keeps the lines that a verdict rests on: their text within a budget, so that a log of any size fits; beyond it only the places. */
import type { Evidence } from '../model/order-case';
import { type LogEntry, quoted } from './said';

const LINES_AN_ORDER = 24;
const LINES_BEYOND = 3;
const TEXT_MAX = 700;
const BUDGET_CHARS = 2_000_000;

export class EvidenceShelf {
  private left = BUDGET_CHARS;

  /** @param wanted orders whose text is kept; all of them when it is left out. */
  constructor(private readonly wanted: ((orderId: number) => boolean) | null) {}

  keep(entry: LogEntry): Evidence {
    return { source: entry.source, line: entry.line, text: this.paid(entry) };
  }

  attach(draft: { orderId: number; evidence: Evidence[] }, entry: LogEntry): void {
    const { source, line } = entry;
    const kept = this.wanted === null || this.wanted(draft.orderId);
    const most = kept && this.left > 0 ? LINES_AN_ORDER : LINES_BEYOND;
    if (draft.evidence.length >= most || draft.evidence.some((known) => known.line === line)) return;
    draft.evidence.push({ source, line, text: kept ? this.paid(entry) : '' });
  }

  get isSpent(): boolean {
    return this.left <= 0;
  }

  private paid(entry: LogEntry): string {
    if (this.left <= 0) return '';
    const text = quoted(entry);
    const short = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)} ...` : text;
    this.left -= short.length;
    return short;
  }
}
