import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

const schemaFolder = new URL('../../prisma/schema/', import.meta.url).pathname;

/**
 * The SQL that Prisma would write for the schema files, from nothing.
 * Uses the schema engine's WebAssembly build, an internal package pinned to the client's engine: nothing is downloaded.
 * Connects to `connectionString` only because the engine insists; it reads and writes nothing there.
 */
export async function prismaDdl(connectionString: string): Promise<string> {
  const files = readdirSync(schemaFolder)
    .sort()
    .map((path) => ({ path, content: readFileSync(join(schemaFolder, path), 'utf8') }));
  const { SchemaEngine } = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString }));
  const engine = await SchemaEngine.new({ datamodels: files.map((f) => [f.path, f.content]) }, () => {}, adapter);
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout;
  } finally {
    engine.free();
  }
}

interface Engine {
  diff(request: unknown): Promise<{ stdout: string }>;
  free(): void;
}
interface EngineModule {
  SchemaEngine: { new: (options: unknown, log: () => void, adapter: unknown) => Promise<Engine> };
  __wbg_set_wasm(exports: unknown): void;
}

interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => unknown;
  Instance: new (module: unknown, imports: unknown) => { exports: { __wbindgen_start?: () => void } };
}

/** The package is built for bundlers, which Node is not: bind its WebAssembly by hand. */
async function loadEngine(): Promise<EngineModule> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const glue = (await import(join(folder, 'schema_engine_bg.js'))) as EngineModule;
  // The type lives in the browser's library only; Node has the value.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  const wasm = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')));
  const { exports } = new WebAssembly.Instance(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start?.();
  return glue;
}
