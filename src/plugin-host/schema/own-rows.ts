import { serialize } from 'node:v8';
import DataLoader from 'dataloader';
import type { AccountId } from '../../base/ids.ts';
import type { OwnTables } from '../../seams/plugin.ts';
import type { PluginFieldContext } from '../../seams/schema.ts';
import type { OperationOfPlugins } from './boundary.ts';

/** What the fields of one plugin read of its tables, in one operation. */
export type OwnRows = Pick<PluginFieldContext, 'tables' | 'batch'>;

type Load = (keys: readonly unknown[], query: OwnTables) => Promise<readonly unknown[]>;

/** By the context of an operation, and of each event of a subscription: what is kept here goes when that goes. */
const operations = new WeakMap<OperationOfPlugins, Map<string, OwnRows>>();

/** The same for all fields of a plugin in an operation, so that they are answered together. */
export function ownRows(operation: OperationOfPlugins, plugin: string): OwnRows {
  const ofPlugins = operations.get(operation) ?? new Map<string, OwnRows>();
  operations.set(operation, ofPlugins);
  const rows = ofPlugins.get(plugin) ?? rowsOf(operation, plugin);
  ofPlugins.set(plugin, rows);
  return rows;
}

function rowsOf({ tenant, plugins }: OperationOfPlugins, plugin: string): OwnRows {
  const loaders = new Map<string, DataLoader<unknown, unknown, string>>();

  const tables: OwnRows['tables'] = async (accountId, work) => {
    if (!tenant.accountIds.includes(accountId)) {
      throw new Error(`the account ${accountId} is not one of those who ask: see accountIds`);
    }
    return plugins.tablesOf(plugin)(accountId, work);
  };

  const loaderOf = (name: string, accountId: AccountId, load: Load): DataLoader<unknown, unknown, string> => {
    const place = JSON.stringify([accountId, name]);
    const known =
      loaders.get(place) ??
      new DataLoader<unknown, unknown, string>(
        (keys) => tables(accountId, async (query) => inOrder(name, keys, await load(keys, query))),
        // By what is in a key, since two parents never hold the same object.
        { cacheKeyFn: (key) => serialize(key).toString('latin1') },
      );
    loaders.set(place, known);
    return known;
  };

  return {
    tables,
    batch: async <Key, Value>(
      name: string,
      { accountId, key }: { readonly accountId: AccountId; readonly key: Key },
      load: (keys: readonly Key[], query: OwnTables) => Promise<readonly (Value | Error)[]>,
    ) => (await loaderOf(name, accountId, load as Load).load(key)) as Value,
  };
}

/** Answers that are not one for each key would be shown at the wrong parents. */
function inOrder(name: string, keys: readonly unknown[], values: unknown): readonly unknown[] {
  if (Array.isArray(values) && values.length === keys.length) return values;
  const got = Array.isArray(values) ? `${values.length} values` : 'no list';
  throw new TypeError(
    `"${name}" was asked for ${keys.length} keys and answered ${got}: it answers one for each, in order`,
  );
}
