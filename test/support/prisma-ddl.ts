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
  return withEngine(connectionString, async (engine, files) => {
    const { stdout } = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout;
  });
}

/** What Prisma itself thinks of a database's history, compared with the migrations in `folder`. */
export interface PrismaVerdict {
  readonly editedMigrationNames: string[];
  readonly failedMigrationNames: string[];
  readonly hasMigrationsTable: boolean;
  /** Null: the database and the folder agree. */
  readonly history: unknown;
}

export async function prismaVerdict(connectionString: string, folder: string): Promise<PrismaVerdict> {
  const migrationDirectories = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name }) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(folder, name, 'migration.sql'), 'utf8') },
      },
    }));
  return withEngine(connectionString, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: {
        baseDir: folder,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories,
      },
      optInToShadowDatabase: false,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
}

interface SchemaFile {
  readonly path: string;
  readonly content: string;
}

let loaded: Promise<EngineModule> | undefined;

async function withEngine<T>(
  connectionString: string,
  work: (engine: Engine, files: SchemaFile[]) => Promise<T>,
): Promise<T> {
  const files = readdirSync(schemaFolder)
    .sort()
    .map((path) => ({ path, content: readFileSync(join(schemaFolder, path), 'utf8') }));
  // Once per process: its glue keeps state, and a second WebAssembly instance behind it breaks the first.
  loaded ??= loadEngine();
  const { SchemaEngine } = await loaded;
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString }));
  const engine = await SchemaEngine.new({ datamodels: files.map((f) => [f.path, f.content]) }, () => {}, adapter);
  try {
    return await work(engine, files);
  } finally {
    engine.free();
  }
}

interface Engine {
  diff(request: unknown): Promise<{ stdout: string }>;
  diagnoseMigrationHistory(request: unknown): Promise<PrismaVerdict>;
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
