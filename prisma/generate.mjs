// Writes the Prisma client and the Pothos types from prisma/schema, with no network, and only when something they
// depend on has changed since the last time. Plain JavaScript, because it runs before anything else can.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const schemaFolder = join(project, 'prisma', 'schema');
const generated = join(project, 'src', 'store', 'generated');
const stamp = join(generated, '.inputs.sha256');
const require = createRequire(import.meta.url);

const inputs = createHash('sha256');
for (const name of readdirSync(schemaFolder).sort()) {
  inputs.update(`${name}\0${readFileSync(join(schemaFolder, name), 'utf8')}\0`);
}
for (const generator of ['prisma', '@prisma/client', '@pothos/plugin-prisma']) {
  inputs.update(`${generator}\0${JSON.parse(readFileSync(packageFile(generator), 'utf8')).version}\0`);
}
const digest = inputs.digest('hex');

const results = ['prisma/client.ts', 'pothos-types.ts'].map((name) => join(generated, name));
if (results.every(existsSync) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
  process.exit(0);
}

const { status, signal, error, stdout, stderr } = spawnSync(
  process.execPath,
  [join(dirname(packageFile('prisma')), 'build', 'index.js'), 'generate'],
  {
    cwd: project,
    encoding: 'utf8',
    env: {
      ...process.env,
      // The CLI downloads its native schema engine before any command, although "generate" never runs it. Told that
      // it has one already, any program will do, it stays off the network.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      // Generators are found on the path; npm puts this folder there, a direct call does not.
      PATH: `${join(project, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
    },
  },
);
if (status !== 0 || !results.every(existsSync)) {
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ?? ''}\n`);
  process.stderr.write(`prisma generate failed (${signal ?? `exit code ${status}`}).\n`);
  process.exit(1);
}
mkdirSync(generated, { recursive: true });
writeFileSync(stamp, digest);

function packageFile(name) {
  // Not every package lets its package.json be asked for by name.
  for (const folder of require.resolve.paths(name) ?? []) {
    const file = join(folder, name, 'package.json');
    if (existsSync(file)) {
      return file;
    }
  }
  throw new Error(`${name} is not installed: run "npm ci" first.`);
}
