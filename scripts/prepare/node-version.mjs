/** Runs on any Node that knows modules, however old: no newer syntax here. */

/** The sentence to show when this Node cannot run the project, or null. `needed` is like `>=20.19.0`. */
export function nodeProblem(version, needed) {
  const [major, minor] = version.split('.').map(Number);
  const [neededMajor, neededMinor] = needed.replace(/^\D+/, '').split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return null;
  return `Interlock needs Node ${neededMajor}.${neededMinor} or newer, and this is Node ${version}. Install a newer one from https://nodejs.org and try again.`;
}
