// Where a life is being written: whose it is, when it begins, and the chance it draws from.
import type { SimulatedAccount } from '../accounts.ts';
import { addBusinessDays, atLocal, type DayNumber, dayIn, workTime } from '../calendar.ts';
import type { Product } from '../catalogue.ts';
import type { Instant } from '../clock.ts';
import type { InvoiceEvent, InvoiceLife, OrderEvent, OrderLife, ShipmentEvent, ShipmentLife } from '../life.ts';
import { Random } from '../random.ts';
import { type SiteFacts, sites } from '../sites.ts';

export type OrderDraft = Omit<OrderLife, 'events'> & { readonly events: OrderEvent[] };
export type ShipmentDraft = Omit<ShipmentLife, 'events'> & { readonly events: ShipmentEvent[] };
export type InvoiceDraft = Omit<InvoiceLife, 'events'> & { readonly events: InvoiceEvent[] };

export interface Scene {
  readonly seed: number;
  readonly account: SimulatedAccount;
  readonly site: SiteFacts;
  readonly catalogue: readonly Product[];
  readonly random: Random;
  readonly day: DayNumber;
  /** The how-manieth life of its day: makes numbers unique. */
  readonly index: number;
  readonly startsAt: Instant;
  readonly orders: OrderDraft[];
  readonly shipments: ShipmentDraft[];
  readonly invoices: InvoiceDraft[];
  /** Eaches already matched to an invoice, by order and line. */
  readonly matched: Map<string, number>;
}

/** An empty scene on `day`; the same arguments give the same scene in every process. */
export function openScene(
  seed: number,
  account: SimulatedAccount,
  catalogue: readonly Product[],
  day: DayNumber,
  index: number,
): Scene {
  const site = sites[account.site];
  const random = new Random(seed, account.name, 'life', day, index);
  const startsAt = atLocal(site.timeZone, day, random.int(6 * 60, 18 * 60)) + random.int(0, 59) * 1000;
  return {
    seed,
    account,
    site,
    catalogue,
    random,
    day,
    index,
    startsAt,
    orders: [],
    shipments: [],
    invoices: [],
    matched: new Map(),
  };
}

/** A working moment `least` to `most` business days after `from`, never before it. */
export const later = (scene: Scene, from: Instant, least: number, most = least): Instant =>
  workTime(scene.site.timeZone, from, scene.random.int(least, most), scene.random);

/** `hh:mm` of the `days`-th business day after `from`. */
export const clockTime = (scene: Scene, from: Instant, days: number, minutes: number): Instant =>
  atLocal(scene.site.timeZone, addBusinessDays(dayIn(scene.site.timeZone, from), days), minutes);

/** A number nobody else gets: the day, the life within the day, the thing within the life. */
export const serial = (scene: Scene, nth: number): string =>
  `${scene.day}${String(scene.index).padStart(2, '0')}${nth}`;

/** The latest instant among events, or `otherwise`. */
export const lastOf = (events: readonly { readonly at: Instant }[], otherwise: Instant): Instant =>
  events.reduce((latest, event) => Math.max(latest, event.at), otherwise);

/** Keep a draft's events in order of time; equal instants keep the order they were written in. */
export function arrange(draft: { readonly events: { readonly at: Instant }[] }): void {
  draft.events.sort((a, b) => a.at - b.at);
}
