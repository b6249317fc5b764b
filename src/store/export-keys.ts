import type { Db } from './database.ts';
import { Prisma } from './generated/prisma/client.ts';

export interface ExportedRow {
  readonly accountId: string;
  /** What tells it apart within the account. */
  readonly key: readonly string[];
}

/**
 * The keys of every row of a table, a page at a time, account by account: walked along the primary key, so that the last
 * page costs what the first did.
 *
 * @param table   of the chain; with `columns`, its primary key is `accountId` and these
 */
export async function* exportedKeys(
  db: Db,
  table: string,
  columns: readonly string[],
  accountIds: readonly string[],
  limit: number,
): AsyncGenerator<ExportedRow[]> {
  const quoted = Prisma.raw(columns.map((column) => `"${column}"`).join(', '));
  for (const accountId of accountIds) {
    let last: readonly string[] | undefined;
    for (;;) {
      const beyond = last === undefined ? Prisma.empty : Prisma.sql`and (${quoted}) > (${Prisma.join([...last])})`;
      const rows = await db.$queryRaw<Record<string, string>[]>`
        select ${quoted} from ${Prisma.raw(`"${table}"`)}
         where "accountId" = ${accountId}::uuid ${beyond} order by ${quoted} limit ${limit}`;
      const page = rows.map((row) => ({ accountId, key: columns.map((column) => row[column] ?? '') }));
      if (page.length > 0) yield page;
      last = page.at(-1)?.key;
      if (page.length < limit) break;
    }
  }
}
