import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PrismaAdapter } from '../../../src/seams/plugin.ts';

const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

const generator = `
  generator client {
    provider               = "prisma-client"
    output                 = "./client"
    moduleFormat           = "esm"
    importFileExtension    = "ts"
    generatedFileExtension = "ts"
  }
  datasource db {
    provider = "postgresql"
  }
`;

export interface Generated<Client> {
  readonly open: (adapter: PrismaAdapter) => Client;
  readonly remove: () => void;
}

/** Write the client of some models with Prisma's own generator, as an author does, and with no network; then load it. */
export async function generateClient<Client>(models: string): Promise<Generated<Client>> {
  const folder = mkdtempSync(join(tmpdir(), 'acorn-models-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    symlinkSync(modules, join(folder, 'node_modules'));
    writeFileSync(join(folder, 'own.prisma'), generator + models);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(modules, 'prisma', 'build', 'index.js'), 'generate', '--schema', 'own.prisma'],
      {
        cwd: folder,
        encoding: 'utf8',
        // Told that it has a schema engine already, it fetches none; see prisma/generate.mjs.
        env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
      },
    );
    if (status !== 0) throw new Error(`prisma generate failed: ${stdout}${stderr}`);
    const { PrismaClient } = await import(pathToFileURL(join(folder, 'client', 'client.ts')).href);
    return { open: (adapter) => new PrismaClient({ adapter }), remove };
  } catch (error) {
    remove();
    throw error;
  }
}
