/** Types of node-version.mjs for its test. */
export function nodeProblem(version: string, needed: string): string | null;
