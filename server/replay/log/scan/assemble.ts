/** `node --import tsx server/replay/log/scan/assemble.ts`: writes `scan.wasm.ts` from `scan.wat`. A test fails when they differ. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import wabt from 'wabt';

const here = import.meta.dirname;

export async function assembled(): Promise<string> {
  const { parseWat } = await wabt();
  const text = readFileSync(path.join(here, 'scan.wat'), 'utf8');
  const { buffer } = parseWat('scan.wat', text, { simd: true }).toBinary({});
  return Buffer.from(buffer).toString('base64');
}

if (process.argv[1] === import.meta.filename) {
  const module = `/** Made from scan.wat by assemble.ts: not written by hand. */\nexport const SCAN_WASM =\n  '${await assembled()}';\n`;
  writeFileSync(path.join(here, 'scan.wasm.ts'), module);
}
