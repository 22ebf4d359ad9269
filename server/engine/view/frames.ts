/** What changed between two views: whole sections, so that a frame can be applied without knowing what is inside. */
import type { View } from './words';

/** @returns the sections of `next` that differ from `last`; `seq`, `ts` and `hostMs` come with every frame. */
export function changedSections(last: View, next: View): Partial<View> {
  const changed: [string, unknown][] = [];
  for (const [section, value] of Object.entries(next)) {
    const before: unknown = last[section as keyof View];
    if (value !== before && JSON.stringify(value) !== JSON.stringify(before)) changed.push([section, value]);
  }
  return Object.fromEntries(changed) as Partial<View>;
}
