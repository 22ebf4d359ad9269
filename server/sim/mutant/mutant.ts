/** A bug, planted: one place of the product's source, and what stands there instead. The product itself knows nothing of it. */
export interface Mutant {
  readonly name: string;
  /** Rows of the failure catalogue, directed scenarios or invariants (safety, sections 2 to 4) whose bug it is: their scenarios hunt it first. */
  readonly row: string;
  /** From the project's root. */
  readonly file: string;
  /** Exact source text that stands there once. */
  readonly find: string;
  readonly replace: string;
}
