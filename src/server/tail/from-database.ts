import { createSourceEventStream, execute, parse } from 'graphql';
import { encodeId } from '../../../schema/ids.ts';
import { schema } from '../../../schema/index.ts';
import { invariant } from '../../base/invariant.ts';
import { openChangeLog } from '../../change-log/open.ts';
import { type FeedBatch, type FeedChange, FeedError } from '../../client/index.ts';
import { feedOperation } from '../../client/operation.ts';
import type { Composition } from '../../plugin-host/composition.ts';
import { listAccounts } from '../../store/accounts.ts';
import type { Database } from '../../store/database.ts';
import { operatorContext } from '../operator-context.ts';
import type { TailRequest, TailSource } from './source.ts';

/** The feed of this installation for its operator, who needs no key: the same subscription, executed here. */
export async function fromDatabase(
  database: Database,
  composition: Composition,
): Promise<TailSource & { close(): Promise<void> }> {
  const changeLog = await openChangeLog(database);
  const context = await operatorContext(database, composition, changeLog);
  const document = parse(feedOperation());

  async function* follow({ after, filter, signal }: TailRequest): AsyncGenerator<FeedBatch<FeedChange>> {
    const args = { schema, document, variableValues: { after: after ?? null, filter, maxBatch: 100 } };
    const source = await createSourceEventStream({ ...args, contextValue: context });
    if (!(Symbol.asyncIterator in source)) throw refusalIn(source.errors);
    const batches = source[Symbol.asyncIterator]();
    const end = () => void batches.return?.();
    signal.addEventListener('abort', end, { once: true });
    try {
      for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
        const result = await database.read(context.tenant, async (db) =>
          execute({ ...args, rootValue: next.value, contextValue: { ...context, db } }),
        );
        if (result.data == null) throw refusalIn(result.errors);
        // As it would come over the wire.
        const { changes } = JSON.parse(JSON.stringify(result.data)) as {
          changes: Omit<FeedBatch<FeedChange>, 'errors'>;
        };
        yield { ...changes, errors: [] };
      }
    } finally {
      end();
    }
  }

  return {
    accounts: new Map(
      (await listAccounts(database)).map(({ accountId, name, site }) => [
        encodeId('VendorAccount', [accountId]),
        { name, site },
      ]),
    ),
    head: () => database.read(context.tenant, (db) => changeLog.head(db)),
    follow,
    close: () => changeLog.close(),
  };
}

function refusalIn(errors: readonly { message: string; extensions?: Record<string, unknown> }[] | undefined): unknown {
  const [first] = errors ?? [];
  invariant(first !== undefined, 'an answer without data says why');
  const { code, oldestCursor } = first.extensions ?? {};
  if (typeof code !== 'string') return first;
  return new FeedError(code, first.message, typeof oldestCursor === 'string' ? { oldestCursor } : {});
}
