/**
 * What is known already is not noted again: levels are compared at every event, and the journal takes only what changes.
 * Compares the fields of two flat records of one kind; of two variants their `state` differs.
 */
export function sameFields<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((field) => a[field] === b[field]);
}
