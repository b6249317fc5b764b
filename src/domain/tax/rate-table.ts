import { addDays, type CalendarDate } from '../../base/calendar-date.ts';
import { canonicalJson, sha256 } from '../../base/canonical-json.ts';
import { compareDecimals, type Decimal } from '../../base/decimal.ts';
import { invariant } from '../../base/invariant.ts';
import { no, type Result, yes } from '../../base/result.ts';
import type { TaxCategory } from './treatment.ts';

/** A rate from its first day until the next row of its key, or until its last day. */
export interface RateRow {
  /** What it is the rate of, such as `standard`, or `HST NS`. */
  readonly key: string;
  readonly since: CalendarDate;
  /** The last day, where no other row follows at once. */
  readonly until?: CalendarDate;
  /** Per cent. */
  readonly rate: Decimal;
  readonly category?: TaxCategory;
  /** Who says so. */
  readonly source: string;
}

export type RateTableProblem =
  | { readonly code: 'RATE_GAP'; readonly key: string; readonly from: CalendarDate; readonly to: CalendarDate }
  | { readonly code: 'RATE_OVERLAP'; readonly key: string; readonly from: CalendarDate }
  | { readonly code: 'RATE_OUT_OF_RANGE'; readonly key: string; readonly rate: Decimal }
  | { readonly code: 'RATE_WITHOUT_SOURCE'; readonly key: string; readonly since: CalendarDate };

/** No row of the key reaches that day. `since` is the first day that one does. */
export interface RateUnknown {
  readonly code: 'TAX_RATE_UNKNOWN';
  readonly key: string;
  readonly on: CalendarDate;
  readonly since?: CalendarDate;
}

export interface RateTable {
  /** Travels in the version, such as `jp/consumption-tax`. */
  readonly name: string;
  readonly rows: readonly RateRow[];
  readonly keys: readonly string[];
  /** Changes with any row: the same invoice and version have the same tax. */
  readonly version: string;
  /** The rate in force on the day that decides. */
  on(key: string, taxPoint: CalendarDate): Result<RateRow, RateUnknown>;
}

/**
 * Load dated rates. Rows may come in any order; one that says `until` must be followed on the next day, or by none.
 *
 * @param name travels in the version, such as `jp/consumption-tax`
 * @returns    every problem of the table at once, by key and day
 */
export function rateTable(name: string, rows: readonly RateRow[]): Result<RateTable, readonly RateTableProblem[]> {
  const byKey = new Map<string, RateRow[]>();
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  for (const ofKey of byKey.values()) ofKey.sort((a, b) => (a.since < b.since ? -1 : 1));
  const problems = [...byKey.values()].flatMap((ofKey) => ofKey.flatMap((row, at) => problemsOf(row, ofKey[at + 1])));
  if (problems.length > 0) return no(problems);

  const inOrder = [...byKey.keys()].sort().flatMap((key) => byKey.get(key) ?? []);
  return yes({
    name,
    rows,
    keys: [...byKey.keys()],
    version: `${name}@${sha256(canonicalJson(inOrder)).slice(0, 12)}`,
    on(key, taxPoint) {
      const ofKey = byKey.get(key) ?? [];
      const row = ofKey.findLast(({ since }) => since <= taxPoint);
      if (row !== undefined && (row.until === undefined || taxPoint <= row.until)) return yes(row);
      const since = ofKey[0]?.since;
      return no({ code: 'TAX_RATE_UNKNOWN', key, on: taxPoint, ...(since === undefined ? {} : { since }) });
    },
  });
}

/** A table written in code: a gap in it is a mistake of its writer, and stops the start. */
export function rateTableInCode(name: string, rows: readonly RateRow[]): RateTable {
  const table = rateTable(name, rows);
  invariant(table.ok, `the rates of ${name} are whole: ${table.ok ? '' : canonicalJson(table.refusal)}`);
  return table.value;
}

function problemsOf(row: RateRow, next: RateRow | undefined): RateTableProblem[] {
  const { key, since, until, rate, source } = row;
  const problems: RateTableProblem[] = [];
  if (source.trim() === '') problems.push({ code: 'RATE_WITHOUT_SOURCE', key, since });
  if (rate.startsWith('-') || compareDecimals(rate, '100' as Decimal) > 0) {
    problems.push({ code: 'RATE_OUT_OF_RANGE', key, rate });
  }
  if (until !== undefined && until < since) problems.push({ code: 'RATE_OVERLAP', key, from: since });
  if (next === undefined) return problems;
  if (next.since === since || (until !== undefined && next.since <= until)) {
    problems.push({ code: 'RATE_OVERLAP', key, from: next.since });
  } else if (until !== undefined && addDays(until, 1) < next.since) {
    problems.push({ code: 'RATE_GAP', key, from: addDays(until, 1), to: addDays(next.since, -1) });
  }
  return problems;
}
