import type { Composition } from '../../plugin-host/composition.ts';
import { migratePlugins } from '../../store/plugin-migrate.ts';
import { describeAccounts } from '../account-list.ts';
import { apiKeyPrefix } from '../api-key.ts';
import type { Call, Command } from '../cli.ts';
import { composeInstallation, rightsOf } from '../composition.ts';
import { describeSummary, importFiles } from '../import-files.ts';
import { createKey, revokeKey } from '../keys.ts';
import { findAccount, openPlatform, type Platform, registerAccounts, wallClock } from '../platform.ts';
import { dataOf } from '../plugin-runtime.ts';
import { numberOption, wrongCommand } from './configured.ts';

/** `acorn import`: works beside a running Acorn, whose subscribers hear of it, or alone. */
export const importCommand: Command = async (call) => {
  const { words: files, values, terminal } = call;
  const { account: name } = values;
  if (files.length === 0)
    throw wrongCommand('say which files to import, such as "acorn import orders.json --account NAME"');
  if (name === undefined) throw wrongCommand('--account: say whose documents these are; "acorn accounts" lists them');
  return withPlatform(call, async ({ database }, { connectors }) => {
    const account = await findAccount(database, name);
    const say = (line: string) => terminal.screen.write(`${line}\n`);
    const summary = await importFiles(database, account, connectors, files, wallClock, say);
    say(describeSummary(summary));
    return summary.refused === 0 ? 0 : 1;
  });
};

/** `acorn accounts` */
export const accountsCommand: Command = (call) =>
  withPlatform(call, async ({ database }) => {
    const lines = await describeAccounts(database);
    const none = 'There are no accounts yet: add one to acorn.config.ts, or run "acorn start --demo" once.';
    call.terminal.screen.write(`${lines.length === 0 ? none : lines.join('\n')}\n`);
    return 0;
  });

/** `acorn keys create` and `acorn keys revoke` */
export const keysCommand: Command = async (call) => {
  const {
    words: [action, prefix],
    values,
    terminal,
  } = call;
  const { organisation, name = 'key', scope = [], role = [] } = values;
  const days = numberOption(values, 'days', 1);
  switch (action) {
    case 'create':
      if (organisation === undefined) throw wrongCommand('--organisation: say whose key it is');
      return withPlatform(call, async ({ database }, composition) => {
        const rights = rightsOf(composition);
        const key = await createKey(
          database,
          { organisation, name, scopes: scope, roles: role, days },
          rights,
          wallClock(),
        );
        terminal.screen.write(`${key}\n`);
        terminal.complain(
          `Keep it now: it is not shown again. Revoke it with "acorn keys revoke ${apiKeyPrefix(key)}".\n`,
        );
        return 0;
      });
    case 'revoke':
      if (prefix === undefined)
        throw wrongCommand('say which key to revoke, by the first part that "keys create" showed');
      return withPlatform(call, async ({ database }) => {
        await revokeKey(database, prefix, wallClock());
        terminal.screen.write('The key is revoked. What is open with it ends within seconds.\n');
        return 0;
      });
    default:
      throw wrongCommand('write "acorn keys create" or "acorn keys revoke"');
  }
};

/** `acorn migrate` */
export const migrateCommand: Command = (call) =>
  withPlatform(call, async ({ applied: core, databaseUrl }, { plugins }) => {
    const { applied: theirs } = await migratePlugins(databaseUrl, plugins.map(dataOf));
    const applied = [...core, ...theirs];
    call.terminal.screen.write(
      applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.length}: ${applied.join(', ')}.\n`,
    );
    return 0;
  });

/** Open the installation's database, its own or that of the Acorn that is running, for as long as a command takes. */
export async function withPlatform(
  { config, terminal }: Call,
  work: (platform: Platform, composition: Composition) => Promise<number>,
): Promise<number> {
  const composition = await composeInstallation(config.plugins, terminal.folder);
  const platform = await openPlatform(config, { log: (line) => terminal.complain(`${line}\n`), join: true });
  try {
    await registerAccounts(platform.database, config.accounts, composition, wallClock);
    return await work(platform, composition);
  } finally {
    await platform.close();
  }
}
