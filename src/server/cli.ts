import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OperatorError } from '../base/operator-error.ts';
import type { Configuration } from './config.ts';
import { help } from './help.ts';

/** What a command may touch of the process it runs in. */
export interface Terminal {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly screen: { readonly isTTY: boolean; readonly columns: number; write(text: string): void };
  /** Standard error: trouble, in a sentence. */
  complain(text: string): void;
  /** Resolves when somebody asks the process to stop. */
  readonly interrupted: Promise<void>;
}

const options = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  demo: { type: 'boolean' },
  account: { type: 'string' },
  organisation: { type: 'string' },
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  role: { type: 'string', multiple: true },
  days: { type: 'string' },
  port: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
  site: { type: 'string' },
  connector: { type: 'boolean' },
  out: { type: 'string' },
  on: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  kind: { type: 'string', multiple: true },
  severity: { type: 'string', multiple: true },
  order: { type: 'string', multiple: true },
  asin: { type: 'string', multiple: true },
  after: { type: 'string' },
  'since-start': { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export type Options = ReturnType<typeof parse>['values'];

/** What a command is called with. The configuration is whole and checked. */
export interface Call {
  readonly words: readonly string[];
  readonly values: Options;
  readonly config: Configuration;
  readonly terminal: Terminal;
}

/** Does one thing, and answers with an exit code. */
export type Command = (call: Call) => Promise<number>;

/** A command's own code is loaded when it is asked for, so that help, and mistakes, are told at once. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  simulate: async () => (await import('./commands/simulate.ts')).simulate,
  import: async () => (await import('./commands/on-database.ts')).importCommand,
  accounts: async () => (await import('./commands/on-database.ts')).accountsCommand,
  keys: async () => (await import('./commands/on-database.ts')).keysCommand,
  members: async () => (await import('./commands/members.ts')).membersCommand,
  rates: async () => (await import('./commands/rates.ts')).ratesCommand,
  plugin: async () => (await import('./commands/plugin.ts')).pluginCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  tail: async () => (await import('./commands/tail.ts')).tailCommand,
  migrate: async () => (await import('./commands/on-database.ts')).migrateCommand,
  preview: async () => (await import('./commands/preview.ts')).previewCommand,
  plugins: async () => (await import('./commands/plugins.ts')).pluginsCommand,
};

/**
 * Run one command and answer with its exit code: 0, or 1 after one sentence of complaint.
 */
export async function runCommand(given: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { values, positionals } = parse(given);
    if (values.version === true) return print(terminal, `${version()}\n`);
    const [command, ...rest] = positionals;
    if (values.help === true || command === undefined || command === 'help') return print(terminal, help);
    const load = commands[command];
    if (load === undefined || !Object.hasOwn(commands, command)) {
      throw new OperatorError('CONFIGURATION_INVALID', `There is no command "${command}": see "acorn --help".`);
    }
    const { configured } = await import('./commands/configured.ts');
    const config = await configured(terminal);
    if (command === 'start' && values.demo === true) {
      // Said before anything heavy is loaded, so that nobody waits before an empty screen.
      terminal.screen.write(
        `Starting PostgreSQL and a simulated Amazon. Everything is kept in ${config.dataFolder}.\n`,
      );
    }
    const run = await load();
    return await run({ words: rest, values, config, terminal });
  } catch (error) {
    const { foreseeable } = await import('./foreseeable.ts');
    const trouble = foreseeable(error);
    if (trouble === undefined) throw error;
    terminal.complain(`${trouble.message}\n`);
    return 1;
  }
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({ args: [...given], options, allowPositionals: true });
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error);
    throw new OperatorError('CONFIGURATION_INVALID', `${said}: see "acorn --help".`, { cause: error });
  }
}

function print({ screen }: Terminal, text: string): number {
  screen.write(text);
  return 0;
}

const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;
