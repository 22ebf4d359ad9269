/** What is shown of an incident, as the URL says it: a link to an order is the order. */

export interface IncidentSearch {
  day: string | null;
  reason: string | null;
  /** Key of the order that is open. */
  order: string | null;
}

const PATTERNS = {
  day: /^\d{4}-\d{2}-\d{2}$/,
  reason: /^[A-Z_]{1,40}$/,
  order: /^\d{1,12}@[\dT:.Z-]{10,30}$/,
};

export function readSearch(params: { get(name: string): string | null }): IncidentSearch {
  const read = (name: keyof IncidentSearch) => {
    const value = params.get(name);
    return value !== null && PATTERNS[name].test(value) ? value : null;
  };
  return { day: read('day'), reason: read('reason'), order: read('order') };
}

/** @returns the query string with its question mark, or nothing. */
export function writeSearch(search: IncidentSearch): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== null) params.set(name, value);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
