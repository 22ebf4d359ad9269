/** Strict JSON at the edge: valid UTF-8, one value, no key twice (a repeated key could hide a second order from whoever reads the first). */

const PRINTABLE_EXCERPT = 200;

/** @returns the first bytes of what came, with everything unprintable made a dot. */
export function excerptOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, PRINTABLE_EXCERPT));
  return text.replace(/[^\x20-\x7e]/g, '·');
}

/** @returns the first key that stands twice in the outermost object. @param text valid JSON. */
function repeatedKey(text: string): string | null {
  const keys = new Set<string>();
  let depth = 0;
  for (const [token, string, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (string && colon && depth === 1) {
      const key: unknown = JSON.parse(string);
      if (typeof key === 'string' && keys.has(key)) return key;
      if (typeof key === 'string') keys.add(key);
    }
  }
  return null;
}

/** @throws Error that says in words why the bytes are not JSON that can be trusted. */
export function readJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('not valid UTF-8');
  }
  if (text.trim() === '') throw new Error('empty: a signal is one JSON object');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
  const key = repeatedKey(text);
  if (key !== null) throw new Error(`${key}: stands twice; which one is meant cannot be known`);
  return value;
}
