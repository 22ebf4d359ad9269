/** Text to value; what is not JSON is null, which is no message of this protocol. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
