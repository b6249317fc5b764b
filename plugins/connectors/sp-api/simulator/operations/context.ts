// What every read operation is given, and the kept text of the views.
import type { SimulatedAccount } from '../accounts.ts';
import { dayIn, isoDay } from '../calendar.ts';
import type { Instant } from '../clock.ts';
import { type DocumentKind, depart } from '../departures.ts';
import { type FaultPlan, isEvery } from '../faults.ts';
import { type Json, RawJson, toJson } from '../json.ts';
import { type Bookmark, type Page, type Position, pageOf } from '../paging.ts';
import { sites } from '../sites.ts';
import type { Chronicle } from '../world.ts';

export interface Asked {
  readonly account: SimulatedAccount;
  readonly chronicle: Chronicle;
  readonly query: URLSearchParams;
  readonly now: Instant;
  readonly faults: FaultPlan;
  /** The how-manieth page of any listing this is, for faults that count pages. */
  readonly nthPage: number;
}

const kept = new WeakMap<object, Map<string, { readonly version: number; readonly text: string }>>();

/** A view as JSON text, written once per version of the life it shows. */
export function written(of: object, name: string, version: number, view: () => Json): RawJson {
  const views = kept.get(of) ?? new Map<string, { version: number; text: string }>();
  kept.set(of, views);
  const known = views.get(name);
  if (known?.version === version) return new RawJson(known.text);
  const text = toJson(view());
  views.set(name, { version, text });
  return new RawJson(text);
}

/** Like `written`, bent when the plan says so; bent documents are not kept. */
export function shown(
  asked: Asked,
  kind: DocumentKind,
  id: string,
  of: object,
  version: number,
  view: () => Json,
): Json {
  return asked.faults.schemaDepartures ? depart(kind, id, view()) : written(of, kind, version, view);
}

/** Six months before `now`, on the same day of the month: older orders and shipments are not shown. */
export function sixMonthsBefore(now: Instant): Instant {
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() - 6);
  return date.getTime();
}

/** Whether an order or its status is lost in an outage of the plan. */
export function isLost(asked: Asked, placedAt: Instant): boolean {
  const { missingDays } = asked.faults;
  return missingDays.length > 0 && missingDays.includes(isoDay(dayIn(sites[asked.account.site].timeZone, placedAt)));
}

/** A page, after the faults that touch pages. */
export function faultyPage<T>(
  asked: Asked,
  all: readonly T[],
  positionOf: (item: T) => Position,
  bookmark: Bookmark,
  limit: number,
  descending = false,
): Page<T> {
  if (isEvery(asked.nthPage, asked.faults.emptyPages) && all.length > 0) {
    // Nothing on this page; the token asks again from the same place.
    return { items: [], next: bookmark.after ?? beforeAll(descending) };
  }
  const page = pageOf(all, positionOf, bookmark.after, limit, descending);
  if (!asked.faults.duplicateItems || bookmark.after === undefined || page.items.length === 0) return page;
  const first = page.items[0];
  const before = first === undefined ? undefined : all[all.indexOf(first) - 1];
  return before === undefined ? page : { items: [before, ...page.items], next: page.next };
}

const beforeAll = (descending: boolean): Position => [descending ? Number.MAX_SAFE_INTEGER : 0, ''];
