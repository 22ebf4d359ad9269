/** A request of the control port that cannot be done. The message is a sentence without its full stop. */
export class ControlRefused extends Error {
  constructor(
    readonly status: 400 | 404 | 413,
    message: string,
  ) {
    super(message);
  }
}
