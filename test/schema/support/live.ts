import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { Context } from '../../../schema/context.ts';
import { invariant } from '../../../src/base/invariant.ts';
import type { Db, Tenant } from '../../../src/store/database.ts';

/** A context without its transaction: what a subscription has until an event comes. */
export type WaitingContext = Omit<Context, 'db'>;

/** Runs `work` in one short transaction that sees what the tenant may see now. `Database.read` is one. */
export type ReadAs = <T>(tenant: Tenant, work: (db: Db) => Promise<T>) => Promise<T>;

export interface LiveArgs extends Omit<ExecutionArgs, 'contextValue'> {
  readonly contextValue: WaitingContext;
}

/** How one event becomes an answer: the server's own `execute`, where hooks wrap it. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/**
 * Subscribe, with a transaction for each event and none between them.
 *
 * Every event has a context of its own, so rights and rows are looked at afresh and nothing is remembered from the
 * last. The server does the same in its pipeline.
 */
export async function subscribeLive(
  args: LiveArgs,
  read: ReadAs,
  run: Execute = execute,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const waiting = { ...args.contextValue, db: noTransaction };
  const source = await createSourceEventStream({ ...args, contextValue: waiting });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();

  const answers: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => answers,
    next: async () => {
      const event = await events.next();
      if (event.done === true) return { done: true, value: undefined };
      const value = await read(args.contextValue.tenant, async (db) => {
        const contextValue: Context = { ...args.contextValue, db };
        return run({ ...args, contextValue, rootValue: event.value });
      });
      return { done: false, value };
    },
    // Ends a wait at once: the source's own `return` does not wait for the next event.
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
    throw: async (error) => {
      await events.return?.();
      throw error;
    },
  };
  return answers;
}

/** Stands where a transaction would be. Reading through it is a bug of ours, told by name. */
const noTransaction = new Proxy({} as Db, {
  get(_target, model) {
    invariant(false, `no transaction is open while a subscription waits, so ${String(model)} cannot be read`);
  },
});
