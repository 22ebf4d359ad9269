/** How a call over the link can fail, as types: each tells the caller what is known and what to do. */

/** There is no worker at the other end, or it went away before it answered. */
export class WorkerUnreachable extends Error {
  override readonly name = 'WorkerUnreachable';
}

/** The worker is there and did not answer in time. */
export class LinkTimeout extends Error {
  override readonly name = 'LinkTimeout';
}

/** The worker answered that it cannot do this, in its own words. */
export class LinkFailure extends Error {
  override readonly name = 'LinkFailure';
}
