import { canonicalJson, sha256 } from '../base/canonical-json.ts';
import { compareDecimals, decimal } from '../base/decimal.ts';
import { invariant } from '../base/invariant.ts';
import { no, type Result, yes } from '../base/result.ts';
import { type OverrideProblem, type RuledCalendar, withOverrides } from '../domain/bank-calendar.ts';
import { type DatedRowProblem, datedRowProblems } from '../domain/dated-rows.ts';
import { type BookProblem, bookProblems, type SettlementBook, settledBy } from '../domain/payment-terms/settlement.ts';
import { type RateTable, rateTable } from '../domain/tax/rate-table.ts';
import { defineSite, type Site } from './site.ts';
import type { SiteTables, TableProblem } from './site-tables.ts';

/** A site as facts: everything else follows from them, and so an operator can add to them. */
export interface SiteFacts extends Pick<Site, 'code' | 'name' | 'marketplaces' | 'requirements' | 'identifiers'> {
  /** A rule of its own; or one over a table of rates, to which an operator may add. */
  readonly tax: Site['tax'] | { readonly rates: RateTable; readonly by: (rates: RateTable) => Site['tax'] };
  /** Its calendar also says when it pays. */
  readonly settlement: SettlementBook & { readonly calendar: RuledCalendar };
}

/** A site that pays on its calendar's open days, settles by its book, and takes an operator's rows. */
export function siteFrom(facts: SiteFacts): Site {
  const { code, name, marketplaces, tax, settlement, requirements, identifiers } = facts;
  return defineSite({
    code,
    name,
    marketplaces,
    ...(requirements !== undefined && { requirements }),
    ...(identifiers !== undefined && { identifiers }),
    tax: typeof tax === 'function' ? tax : tax.by(tax.rates),
    payday: settlement.calendar.next,
    settle: settledBy(settlement),
    withTables: (tables) => {
      const joined = joinTables(facts, tables);
      return joined.ok ? yes(siteFrom(joined.value)) : joined;
    },
  });
}

/** The facts with an operator's rows behind their own. */
function joinTables(facts: SiteFacts, tables: SiteTables): Result<SiteFacts, readonly TableProblem[]> {
  const { calendar: overrides = [], clock = [], agreements = [] } = tables;
  const { settlement } = facts;
  const own = { clock: settlement.clock.length, agreements: settlement.agreements?.length ?? 0, legal: 0 };
  const book = {
    ...settlement,
    clock: [...settlement.clock, ...clock],
    agreements: [...(settlement.agreements ?? []), ...agreements],
  };
  // A stored day says by which calendar it was found: other days, another version.
  const mark = sha256(canonicalJson(overrides)).slice(0, 8);
  const version = overrides.length === 0 ? settlement.calendar.version : `${settlement.calendar.version}+${mark}`;
  const calendar = withOverrides(settlement.calendar, overrides, version);
  const tax = joinRates(facts, tables);
  const problems = [
    ...(tax.ok ? [] : tax.refusal),
    ...(calendar.ok ? [] : calendar.refusal.map((problem) => overrideProblem(problem, overrides))),
    ...bookProblems(book).map((problem) => bookProblem(problem, own[problem.table])),
  ];
  if (!tax.ok || !calendar.ok || problems.length > 0) return no(problems);
  return yes({ ...facts, tax: tax.value, settlement: { ...book, calendar: calendar.value } });
}

function joinRates(
  { code, tax }: SiteFacts,
  { rates: added = [] }: SiteTables,
): Result<SiteFacts['tax'], readonly TableProblem[]> {
  if (added.length === 0) return yes(tax);
  if (typeof tax === 'function')
    return no([{ row: 'rates', message: `the site ${code} has no table of rates to add to` }]);
  const { rates, by } = tax;
  const own = rates.rows.length;
  const joined = [...rates.rows, ...added];
  const problems = [
    ...datedRowProblems(joined, ({ key }) => key).map((problem) => rowProblem('rates', problem, own)),
    ...added.flatMap(({ key, rate }, at): TableProblem[] => {
      const row = `rates[${at}]`;
      if (!rates.keys.includes(key)) {
        return [
          { row, message: `there is no class "${key}", only ${rates.keys.map((known) => `"${known}"`).join(', ')}` },
        ];
      }
      const possible = !rate.startsWith('-') && compareDecimals(rate, decimal('100')) <= 0;
      return possible ? [] : [{ row, message: `${rate} per cent is no rate of a tax` }];
    }),
  ];
  if (problems.length > 0) return no(problems);
  const table = rateTable(rates.name, joined);
  invariant(table.ok, `what is wrong with the rates of ${code} was told by their rows`);
  return yes({ rates: table.value, by });
}

/** Of two rows that clash the operator's is named: the site's own were whole before. */
function rowProblem(table: string, problem: DatedRowProblem, own: number): TableProblem {
  const at = 'after' in problem ? Math.max(problem.row, problem.after) : problem.row;
  const row = `${table}[${at - own}]`;
  switch (problem.code) {
    case 'ROW_OVERLAP':
      return { row, message: `two rows of its kind are in force on ${problem.from}` };
    case 'ROW_GAP':
      return { row, message: `no row of its kind is in force from ${problem.from} to ${problem.to}` };
    case 'ROW_ENDS_BEFORE_IT_BEGINS':
      return { row, message: 'its last day is before its first' };
    case 'ROW_WITHOUT_SOURCE':
      return { row, message: 'its source is empty' };
  }
}

function bookProblem(problem: BookProblem, own: number): TableProblem {
  if (problem.code !== 'TERMS_INVALID') return rowProblem(problem.table, problem, own);
  return {
    row: `${problem.table}[${problem.row - own}]`,
    message: `its terms cannot be meant: ${problem.problems.join(', ')}`,
  };
}

function overrideProblem(problem: OverrideProblem, overrides: NonNullable<SiteTables['calendar']>): TableProblem {
  const row = `calendar[${overrides.findLastIndex(({ on }) => on === problem.on)}]`;
  switch (problem.code) {
    case 'OVERRIDE_GIVEN_TWICE':
      return { row, message: `${problem.on} is overridden already` };
    case 'OVERRIDE_CHANGES_NOTHING':
      return { row, message: `${problem.on} cannot be made ${problem.is}: it is so already, or a weekend` };
    case 'YEAR_OUT_OF_RANGE':
      return { row, message: `the calendar knows the years ${problem.known.join(' to ')}, and not ${problem.year}` };
  }
}
