import { addMillis, type Instant, later } from 'acorn/plugin';
import type { Marks, Operation, Place, Run } from './cursor.ts';
import type { Step } from './plan.ts';
import type { Settings } from './settings.ts';
import { monthsBefore } from './windows.ts';

const hour = 3_600_000;

/** A new run from where the last one ended: what changed since, and from time to time the past again. */
export function begin({ marks }: Place, through: Instant, settings: Settings): Run {
  const oldest = monthsBefore(through, settings.importMonths);
  const start = {
    through,
    oldest,
    missing: marks?.refused ?? [],
    refused: [],
    vendorCodes: settings.vendorCodes,
    step: 0,
    page: 0,
    pending: [],
    listed: 0,
  };
  if (marks === undefined) return { ...start, first: true, from: oldest };
  const since = later(addMillis(marks.through, -settings.overlapHours * hour), oldest);
  const from = isDue(marks.rereadAllAt, through, settings.rereadAllEveryHours)
    ? oldest
    : isDue(marks.rereadAt, through, settings.rereadEveryHours)
      ? later(addMillis(through, -settings.rereadDays * 24 * hour), oldest)
      : undefined;
  return { ...start, first: false, since, ...(from === undefined ? {} : { from }) };
}

const isDue = (lastAt: Instant, now: Instant, everyHours: number): boolean =>
  addMillis(lastAt, everyHours * hour) <= now;

/** The marks a finished run leaves. */
export function marksAfter({ through, from, oldest, refused }: Run, marks: Marks | undefined): Marks {
  return {
    through: marks === undefined ? through : later(marks.through, through),
    rereadAt: from !== undefined || marks === undefined ? through : marks.rereadAt,
    rereadAllAt: (from !== undefined && from <= oldest) || marks === undefined ? through : marks.rereadAllAt,
    refused,
  };
}

/** After a page: its details, then its next page, then the next step. */
export function advance(at: Run, nextToken: string | undefined, pending: string[]): Run {
  const { nextToken: _done, ...rest } = at;
  const after: Run = {
    ...rest,
    page: at.page + 1,
    pending,
    listed: pending.length,
    ...(nextToken === undefined ? {} : { nextToken }),
  };
  return pending.length > 0 ? after : leavePage(after);
}

/** The next page of the step, or the next step. */
export function leavePage(at: Run): Run {
  if (at.nextToken !== undefined) return { ...at, pending: [], listed: 0 };
  return { ...at, step: at.step + 1, page: 0, pending: [], listed: 0 };
}

/** The same step from its first page. */
export function withoutToken(at: Run): Run {
  const { nextToken: _stale, ...rest } = at;
  return { ...rest, page: 0 };
}

/** Past every step of an operation that was refused. */
export function without(at: Run, operation: Operation, plan: readonly Step[]): Run {
  const next = plan.findIndex((step, index) => index > at.step && step.operation !== operation);
  const { nextToken: _unused, ...rest } = at;
  return {
    ...rest,
    refused: [...new Set([...at.refused, operation])],
    step: next === -1 ? plan.length : next,
    page: 0,
    pending: [],
    listed: 0,
  };
}
