/** What the list of cycles shows, as the URL says it: a link to a view is the view. Unknown words in a URL are ignored. */

export const SORTS = ['opened', 'net', 'r', 'mae', 'mfe', 'held'] as const;
export type Sort = (typeof SORTS)[number];

export interface CycleSearch {
  symbol: string | null;
  /** `phase:denied`, `outcome:target`. */
  result: string | null;
  reason: string | null;
  sort: Sort;
  ascending: boolean;
}

const RESULT = /^(phase|outcome):[a-z ]{1,32}$/;
const SYMBOL = /^[A-Z0-9]{1,16}$/;
const REASON = /^[A-Z_]{1,40}$/;

function matching(value: string | null, pattern: RegExp): string | null {
  return value !== null && pattern.test(value) ? value : null;
}

export function readSearch(params: { get(name: string): string | null }): CycleSearch {
  const sort = SORTS.find((known) => known === params.get('sort')) ?? 'opened';
  return {
    symbol: matching(params.get('symbol'), SYMBOL),
    result: matching(params.get('result'), RESULT),
    reason: matching(params.get('reason'), REASON),
    sort,
    ascending: params.get('dir') === 'asc',
  };
}

/** @returns the query string with its question mark, or nothing for the plain list. */
export function writeSearch(search: CycleSearch): string {
  const params = new URLSearchParams();
  if (search.symbol) params.set('symbol', search.symbol);
  if (search.result) params.set('result', search.result);
  if (search.reason) params.set('reason', search.reason);
  if (search.sort !== 'opened') params.set('sort', search.sort);
  if (search.ascending) params.set('dir', 'asc');
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
