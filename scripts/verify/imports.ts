/** The import rules of .dependency-cruiser.cjs, run over a tree. A run that sees hardly any module proves nothing and fails. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['app', 'components', 'server', 'scripts', 'e2e', 'bench'];
const FEWEST_MODULES = 50;

const cruised = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

export interface ImportReport {
  /** Files of the project, packages not counted. */
  modules: number;
  violations: readonly { rule: string; from: string; to: string }[];
}

/** @throws Error with the tool's own words when it could not run. */
export async function cruiseImports(base: string): Promise<ImportReport> {
  const tool = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const folders = FOLDERS.filter((folder) => existsSync(path.join(base, folder)));
  const child = spawn(process.execPath, [tool, '--config', config, '--output-type', 'json', ...folders], {
    cwd: base,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (output === '') throw new Error(complaint);
  const { modules, summary } = cruised.parse(JSON.parse(output));
  return {
    modules: modules.filter(({ source }) => FOLDERS.some((folder) => source.startsWith(`${folder}/`))).length,
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

/** What is wrong, a line each; none when all is well. */
export function troublesOf({ modules, violations }: ImportReport): string[] {
  const lines = violations.map(({ rule, from, to }) => `${rule}: ${from} imports ${to}`);
  if (modules < FEWEST_MODULES) lines.push(`Only ${modules} modules were seen: this check is not working.`);
  return lines;
}
