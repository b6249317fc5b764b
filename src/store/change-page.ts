import type { AccountId } from '../base/ids.ts';
import type { ChangeKind, Severity } from '../domain/changes.ts';
import type { SubjectKind } from '../domain/facts.ts';
import type { Db } from './database.ts';
import { Prisma } from './generated/prisma/client.ts';

/** A row of the log, numbered. */
export type ChangeRow = Awaited<ReturnType<Db['change']['findMany']>>[number];

/** Every member narrows; an absent one does not. An empty list matches nothing. */
export interface ChangeFilter {
  readonly accountIds?: readonly AccountId[];
  readonly sites?: readonly string[];
  readonly subjects?: readonly SubjectKind[];
  readonly kinds?: readonly ChangeKind[];
  readonly severities?: readonly Severity[];
  readonly orderNumbers?: readonly string[];
  readonly invoiceNumbers?: readonly string[];
  readonly asins?: readonly string[];
}

/** The columns a filter compares. */
const filteredColumns = {
  orderNumbers: 'orderNumber',
  invoiceNumbers: 'invoiceNumber',
  asins: 'asin',
  kinds: 'kind',
  severities: 'severity',
  subjects: 'subjectKind',
} as const;
type Filtered = keyof typeof filteredColumns;

/** Those with an index by account, value and position: the one that lets the least through comes first. */
const indexed: readonly Filtered[] = ['orderNumbers', 'invoiceNumbers', 'asins', 'kinds', 'severities'];

/** Where the log ends as this snapshot sees it, and up to where its oldest entries are gone. */
export async function feedBounds(db: Db): Promise<{ readonly head: bigint; readonly purgedTo: bigint }> {
  const { position, purgedTo } = await db.feed.findFirstOrThrow({ select: { position: true, purgedTo: true } });
  return { head: position, purgedTo };
}

export interface PageRequest {
  /** Positions, the first excluded and the last included. */
  readonly after: bigint;
  readonly upTo: bigint;
  readonly filter?: ChangeFilter | undefined;
  readonly limit: number;
}

export const changePage = (db: Db, request: PageRequest): Promise<ChangeRow[]> =>
  db.$queryRaw<ChangeRow[]>(changePageStatement(request));

/**
 * Rows after one position up to another, oldest first, of the accounts the snapshot shows.
 *
 * Each account, and each value of the narrowest filter there is an index for, is a way into the log of its own, so a page
 * reads at most `limit` rows by each way: never the log between them.
 */
export function changePageStatement({ after, upTo, filter = {}, limit }: PageRequest): Prisma.Sql {
  const { accountIds, sites } = filter;
  const way = indexed.find((name) => filter[name] !== undefined);
  const others = (Object.keys(filteredColumns) as Filtered[]).filter(
    (name) => name !== way && filter[name] !== undefined,
  );
  const column = (name: Filtered) => Prisma.raw(`c."${filteredColumns[name]}"`);
  const valuesOf = (name: Filtered) => Prisma.sql`${[...(filter[name] ?? [])]}::text[]`;
  return Prisma.sql`
    select found.*
      from "VendorAccount" a
     ${way === undefined ? Prisma.empty : Prisma.sql`cross join (select distinct unnest(${valuesOf(way)}) as value) way`}
     cross join lateral (
       select c.* from "Change" c
        where c."accountId" = a."accountId" and c."position" > ${after} and c."position" <= ${upTo}
          ${way === undefined ? Prisma.empty : Prisma.sql`and ${column(way)} = way.value`}
          ${join(others.map((name) => Prisma.sql`and ${column(name)} = any (${valuesOf(name)})`))}
        order by c."position" limit ${limit}) found
     where true
       ${accountIds === undefined ? Prisma.empty : Prisma.sql`and a."accountId" = any (${[...accountIds]}::uuid[])`}
       ${sites === undefined ? Prisma.empty : Prisma.sql`and a."site" = any (${[...sites]}::text[])`}
     order by found."position" limit ${limit}`;
}

const join = (parts: readonly Prisma.Sql[]): Prisma.Sql =>
  parts.length === 0 ? Prisma.empty : Prisma.join([...parts], ' ');
