import type { CalendarDate } from '../base/calendar-date.ts';
import type { Currency } from '../base/currency.ts';
import { type Decimal, decimal } from '../base/decimal.ts';
import type { Instant } from '../base/instant.ts';
import type { ReferenceRate } from '../domain/currency/reference-rates.ts';
import type { Database, Db } from './database.ts';
import type { Sql } from './sql.ts';

/** What became of rates that were handed over. */
export interface KeptRates {
  /** How many were new. */
  readonly landed: number;
  /** Those that are kept with another value, which stands. */
  readonly differing: readonly { readonly given: ReferenceRate; readonly kept: Decimal }[];
}

/** Most rates in one statement. */
const atOnce = 5_000;

/** The source of a demo's rates, which are no facts. The database lets nothing else be deleted. */
export const simulated = 'simulated';

/**
 * Keep rates for a demo, where none were ever published: never beside real ones.
 */
export const keepSimulatedRates = (
  database: Database,
  rates: readonly Omit<ReferenceRate, 'source'>[],
  now: Instant,
): Promise<void> =>
  database.work(async (sql) => {
    const published = await sql.query(`select 1 from "ReferenceRate" where "source" <> $1 limit 1`, [simulated]);
    if (published.length > 0) return;
    const all = rates.map((rate) => ({ ...rate, source: simulated }));
    for (let from = 0; from < all.length; from += atOnce) await insert(sql, all.slice(from, from + atOnce), '', now);
  });

/**
 * Keep published rates: all of them in one transaction, each day of a currency once. One that is there already stays as
 * it is, whatever is given now, since figures were told by it; only those of a demo give way.
 *
 * @param document SHA-256 of the file they come from
 */
export const keepRates = (
  database: Database,
  rates: readonly ReferenceRate[],
  document: string,
  now: Instant,
): Promise<KeptRates> =>
  database.work(async (sql) => {
    await sql.query(`delete from "ReferenceRate" where "source" = $1`, [simulated]);
    let landed = 0;
    const differing: KeptRates['differing'][number][] = [];
    for (let from = 0; from < rates.length; from += atOnce) {
      const some = rates.slice(from, from + atOnce);
      landed += await insert(sql, some, document, now);
      differing.push(...(await different(sql, some)));
    }
    return { landed, differing };
  });

const columnsOf = (rates: readonly ReferenceRate[]) => [
  rates.map(({ currency }) => currency),
  rates.map(({ on }) => on),
  rates.map(({ perEuro }) => perEuro),
];

async function insert(sql: Sql, rates: readonly ReferenceRate[], document: string, now: Instant): Promise<number> {
  const rows = await sql.query(
    `insert into "ReferenceRate" ("currency", "publishedOn", "perEuro", "source", "document", "importedAt")
     select g.*, $5, $6 from unnest($1::text[], $2::date[], $3::numeric[], $4::text[]) as g
     on conflict do nothing returning 1`,
    [...columnsOf(rates), rates.map(({ source }) => source), document, now],
  );
  return rows.length;
}

async function different(sql: Sql, rates: readonly ReferenceRate[]): Promise<KeptRates['differing']> {
  const rows = await sql.query<{ place: number; kept: string }>(
    `select g.place::int - 1 as place, r."perEuro"::text as kept
       from unnest($1::text[], $2::date[], $3::numeric[]) with ordinality as g ("currency", "publishedOn", "perEuro", place)
       join "ReferenceRate" r on r."currency" = g."currency" and r."publishedOn" = g."publishedOn"
      where r."perEuro" <> g."perEuro" order by place`,
    columnsOf(rates),
  );
  return rows.flatMap(({ place, kept }) => {
    const given = rates[place];
    return given === undefined ? [] : [{ given, kept: decimal(kept) }];
  });
}

/**
 * The last rate of each currency on or before a day, in one statement however long the history is. Currencies that have
 * none are left out.
 */
export async function lastRates(
  db: Db,
  currencies: readonly Currency[],
  on: CalendarDate,
): Promise<readonly ReferenceRate[]> {
  const rows = await db.$queryRaw<{ currency: Currency; on: CalendarDate; perEuro: string; source: string }[]>`
    select r."currency", to_char(r."publishedOn", 'YYYY-MM-DD') as "on", r."perEuro"::text as "perEuro", r."source"
      from unnest(${[...currencies]}::text[]) as wanted (currency)
      cross join lateral (select * from "ReferenceRate" r
                           where r."currency" = wanted.currency and r."publishedOn" <= ${on}::date
                           order by r."publishedOn" desc limit 1) r`;
  return rows.map(({ perEuro, ...row }) => ({ ...row, perEuro: decimal(perEuro) }));
}
