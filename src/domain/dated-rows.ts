import { addDays, type CalendarDate } from '../base/calendar-date.ts';

/** A row of a table from its first day until the next row of its key, or until its last day. */
export interface DatedRow {
  readonly since: CalendarDate;
  /** The last day, where no other row follows at once. */
  readonly until?: CalendarDate;
  /** Who says so. */
  readonly source: string;
}

/** What is wrong with a table of dated rows. `row` is the place, in the list, of the row to look at; `after` the one before it in time. */
export type DatedRowProblem =
  | { readonly code: 'ROW_OVERLAP'; readonly row: number; readonly after: number; readonly from: CalendarDate }
  | {
      readonly code: 'ROW_GAP';
      readonly row: number;
      readonly after: number;
      readonly from: CalendarDate;
      readonly to: CalendarDate;
    }
  | { readonly code: 'ROW_ENDS_BEFORE_IT_BEGINS'; readonly row: number }
  | { readonly code: 'ROW_WITHOUT_SOURCE'; readonly row: number };

/** Whether a row says something of that day, were there no newer one. */
export const isInForce = ({ since, until }: DatedRow, on: CalendarDate): boolean =>
  since <= on && (until === undefined || on <= until);

/** The row in force on a day: of several the newest. Rows may stand in any order. */
export function rowOn<Row extends DatedRow>(rows: readonly Row[], on: CalendarDate): Row | undefined {
  const started = rows.filter(({ since }) => since <= on);
  const newest = started.reduce<Row | undefined>((a, b) => (a === undefined || b.since > a.since ? b : a), undefined);
  return newest !== undefined && isInForce(newest, on) ? newest : undefined;
}

/**
 * Every problem of a table at once. Rows may come in any order; one that says `until` must be followed on the next day,
 * or by none.
 *
 * @param keyOf rows of one key follow each other; those of different keys have nothing to do with each other
 */
export function datedRowProblems<Row extends DatedRow>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): DatedRowProblem[] {
  const byKey = new Map<string, { readonly row: Row; readonly at: number }[]>();
  for (const [at, row] of rows.entries()) byKey.set(keyOf(row), [...(byKey.get(keyOf(row)) ?? []), { row, at }]);
  return [...byKey.values()].flatMap((ofKey) => {
    // Of two that begin on one day the one written later is the one too many.
    const inOrder = ofKey.sort((a, b) =>
      a.row.since === b.row.since ? a.at - b.at : a.row.since < b.row.since ? -1 : 1,
    );
    return inOrder.flatMap(({ row, at }, index) => [...ownProblems(row, at), ...followed(row, at, inOrder[index + 1])]);
  });
}

function ownProblems({ since, until, source }: DatedRow, row: number): DatedRowProblem[] {
  const problems: DatedRowProblem[] = [];
  if (source.trim() === '') problems.push({ code: 'ROW_WITHOUT_SOURCE', row });
  if (until !== undefined && until < since) problems.push({ code: 'ROW_ENDS_BEFORE_IT_BEGINS', row });
  return problems;
}

function followed(
  { since, until }: DatedRow,
  after: number,
  next: { readonly row: DatedRow; readonly at: number } | undefined,
): DatedRowProblem[] {
  if (next === undefined) return [];
  const from = next.row.since;
  if (from === since || (until !== undefined && from <= until)) {
    return [{ code: 'ROW_OVERLAP', row: next.at, after, from }];
  }
  if (until === undefined || addDays(until, 1) === from) return [];
  return [{ code: 'ROW_GAP', row: next.at, after, from: addDays(until, 1), to: addDays(from, -1) }];
}
