import { EventEmitter } from 'node:events';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { PrismaAdapter } from '../seams/plugin.ts';
import type { Ask } from './plugin-tables.ts';

/**
 * Prisma's own adapter, over one transaction that is open already: whatever a client asks is asked there, as the
 * plugin's role and by the rows of one account, and nothing of it is left when the transaction is over.
 *
 * @param check refuses what a plugin's statement may not be
 */
export const adapterOver = (ask: Ask, check: (text: string) => void, schema: string): PrismaAdapter =>
  new PrismaPg(new TransactionPool(ask, check), { schema });

type Statement = pg.QueryConfig | string;

/**
 * A pool with one connection, which is in a transaction and stays there. A transaction of the client is a savepoint in
 * it. Such transactions take turns, and so does what is asked beside them: what one rolls back is its own.
 */
class TransactionPool extends pg.Pool {
  readonly #ask: Ask;
  readonly #check: (text: string) => void;
  /** The transaction, or the statement, that is having its turn. */
  #turn: Promise<unknown> = Promise.resolve();
  #savepoints = 0;

  constructor(ask: Ask, check: (text: string) => void) {
    super();
    this.#ask = ask;
    this.#check = check;
  }

  // pg overloads both in many ways; Prisma's adapter uses the promise forms.
  override query(statement: unknown): never {
    const asked = this.#turn.then(() => this.#run(statement as Statement));
    this.#turn = asked.catch(() => {});
    return asked as never;
  }

  override connect(): never {
    const before = this.#turn;
    let release = (): void => {};
    this.#turn = new Promise<void>((resolve) => {
      release = resolve;
    });
    return before.then(() => this.#connection(release)) as never;
  }

  async #run(statement: Statement): Promise<pg.QueryResult> {
    const config = typeof statement === 'string' ? { text: statement } : statement;
    this.#check(config.text);
    return this.#ask(config);
  }

  /** What the adapter uses of a connection, from its BEGIN to its COMMIT or ROLLBACK. */
  #connection(release: () => void) {
    this.#savepoints += 1;
    const savepoint = `acorn_${this.#savepoints}`;
    const steps: Readonly<Record<string, readonly string[]>> = {
      BEGIN: [`savepoint ${savepoint}`],
      COMMIT: [`release savepoint ${savepoint}`],
      ROLLBACK: [`rollback to savepoint ${savepoint}`, `release savepoint ${savepoint}`],
    };
    const query = async (statement: Statement): Promise<pg.QueryResult> => {
      const text = typeof statement === 'string' ? statement : statement.text;
      const [first, ...rest] = steps[text] ?? (ofSavepoint.test(text) ? [text] : []);
      if (first === undefined) return this.#run(statement);
      let answer = await this.#ask({ text: first });
      for (const step of rest) answer = await this.#ask({ text: step });
      return answer;
    };
    return Object.assign(new EventEmitter(), { query, release });
  }
}

/** How Prisma writes a transaction within a transaction. */
const ofSavepoint = /^(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) \w+$/;
