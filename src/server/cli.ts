import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OperatorError } from '../base/operator-error.ts';
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
  days: { type: 'string' },
  port: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
} as const;

export type Options = ReturnType<typeof parse>['values'];

/**
 * Run one command and answer with its exit code. A command's own code is loaded when it is asked for, so that help
 * comes at once.
 */
export async function runCommand(given: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { values, positionals } = parse(given);
    if (values.version === true) return print(terminal, `${version()}\n`);
    const [command, ...rest] = positionals;
    if (values.help === true || command === undefined || command === 'help') return print(terminal, help);
    switch (command) {
      case 'start':
        return await (await import('./commands/start.ts')).start(values, terminal);
      case 'simulate':
        return await (await import('./commands/simulate.ts')).simulate(values, terminal);
      case 'import':
        return await (await import('./commands/on-database.ts')).importCommand(rest, values, terminal);
      case 'accounts':
        return await (await import('./commands/on-database.ts')).accountsCommand(terminal);
      case 'keys':
        return await (await import('./commands/on-database.ts')).keysCommand(rest, values, terminal);
      case 'migrate':
        return await (await import('./commands/on-database.ts')).migrateCommand(terminal);
      default:
        throw new OperatorError('CONFIGURATION_INVALID', `There is no command "${command}": see "acorn --help".`);
    }
  } catch (error) {
    if (error instanceof OperatorError) {
      terminal.complain(`${error.message}\n`);
      return 1;
    }
    throw error;
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
