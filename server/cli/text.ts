/** Plain tables for a terminal, and the numbers in them. */

const CENTRAL = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Chicago',
  dateStyle: 'short',
  timeStyle: 'medium',
  hourCycle: 'h23',
});

/** Exchange time (US/Central), e.g. `2025-12-12 08:53:13`. */
export function exchangeTime(ts: number): string {
  return CENTRAL.format(ts).replace(', ', ' ');
}

/** Columns as wide as their widest cell; those of `right` are right aligned. A table without rows is empty. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  if (rows.length === 0) return '';
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Titled parts, one below the other; empty ones are left out. */
export function sections(parts: readonly (readonly [title: string, body: string])[]): string {
  return parts
    .filter(([, body]) => body !== '')
    .map(([title, body]) => (title === '' ? body : `${title}\n${indented(body)}`))
    .join('\n\n');
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
