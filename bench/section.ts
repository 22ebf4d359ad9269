/** What every section gives, and how its figures are written: a row is named in a trader's words, a heading carries the unit. */
export interface Table {
  title: string;
  rows: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What a reader must know to compare. */
  notes?: readonly string[];
}

export interface Section {
  about: string;
  /** @param share of the usual number of samples: 0.1 for a quick look. */
  run(share: number): Promise<readonly Table[]>;
}

export function print({ title, rows, notes = [] }: Table): void {
  const headings = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
  const lines = [
    ['', ...headings],
    ...Object.entries(rows).map(([name, row]) => [name, ...headings.map((heading) => row[heading] ?? '')]),
  ];
  const widths = ['', ...headings].map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const text = lines.map((line) =>
    line
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('   '),
  );
  console.log([`\n${title}`, ...[...text, ...notes].map((line) => `  ${line}`)].join('\n'));
}

export function portion(usual: number, share: number, least = 1): number {
  return Math.max(least, Math.round(usual * share));
}

/** Three significant figures, thousands apart. */
export function figure(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: value >= 1_000 ? 4 : 3 });
}

export function ratio(value: number, to: number): string {
  return `${figure(value / to)} x`;
}

interface Spread {
  p50: number;
  p99: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
