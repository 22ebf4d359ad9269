/** Evidence that cannot be used at all. The message is for a person: what happened, what was done, what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
