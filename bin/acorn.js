#!/usr/bin/env node
// Plain JavaScript: it runs before anything can run TypeScript, and before the Prisma client is written.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Acorn needs Node 20.19 or newer, and this is ${process.versions.node}.\n`);
  process.exit(1);
}
if (!existsSync(new URL('../node_modules/tsx', import.meta.url))) {
  process.stderr.write('Acorn is not installed yet: run "npm ci" in its folder first.\n');
  process.exit(1);
}

const arguments_ = process.argv.slice(2);
const asksOnly =
  arguments_.length === 0 || arguments_.some((argument) => /^(-h|--help|-v|--version|help)$/.test(argument));
if (!asksOnly) {
  const generate = fileURLToPath(new URL('../prisma/generate.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [generate], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(1);
}

// Both, since a folder without "type": "module" makes an acorn.config.ts in it a CommonJS file.
(await import('tsx/cjs/api')).register();
(await import('tsx/esm/api')).register();
const { main } = await import('../src/server/main.ts');
await main(arguments_);
