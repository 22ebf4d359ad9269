/** Types of stale.mjs for its test. */
export interface LockedPackage {
  name?: string;
  version?: string;
  optional?: boolean;
  devOptional?: boolean;
  link?: boolean;
}
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}
export function installReason(lock: Lockfile, installed: Lockfile | null): string | null;
export function hashOf(root: string, inputs: readonly string[]): string;
