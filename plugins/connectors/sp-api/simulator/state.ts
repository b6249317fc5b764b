// What an order looks like at an instant: its events so far, folded. This is all Amazon would remember.

import type { Instant } from './clock.ts';
import type { Eaches, Freight, LinePlaced, OrderChange, OrderEvent, OrderLife, OrderType, Window } from './life.ts';
import type { UnitCost } from './money.ts';
import type { Place } from './sites.ts';

export interface LineState {
  readonly line: LinePlaced;
  ordered: Eaches;
  cost: UnitCost;
  /** Signed steps of the ordered quantity; the first is the order itself. */
  readonly quantitySteps: { readonly at: Instant; readonly eaches: Eaches }[];
  readonly answers: {
    readonly at: Instant;
    readonly accepted: Eaches;
    readonly backordered: Eaches;
    readonly rejected: Eaches;
  }[];
  received: Eaches;
  lastReceivedAt: Instant | undefined;
  /** True once Amazon cancelled the line: ordered is zero. */
  cancelled: boolean;
  /** What to go back to when the cancellation is taken back. */
  orderedBeforeCancelling: Eaches;
}

export interface OrderState {
  readonly order: OrderLife;
  /** How many events it has seen: the version of the life, for caches. */
  readonly version: number;
  state: 'New' | 'Acknowledged' | 'Closed';
  stateChangedAt: Instant;
  /** Absent until Amazon changes the order. */
  changedAt: Instant | undefined;
  updatedAt: Instant;
  type: OrderType;
  freight: Freight;
  shipTo: Place;
  window: Window;
  lines: LineState[];
}

const known = new WeakMap<OrderLife, OrderState>();

/** How many of the events, which lie in order of time, have happened by `now`. */
export function happened(events: readonly { readonly at: Instant }[], now: Instant): number {
  // Halving: an order of a hundred lines has several hundred events, and every listing asks.
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.at ?? Number.POSITIVE_INFINITY) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The order as it is at `now`; ask only for orders that are placed by then. */
export function orderAt(order: OrderLife, now: Instant): OrderState {
  const version = happened(order.events, now);
  const cached = known.get(order);
  if (cached && cached.version === version) return cached;
  const state = foldOrder(order, order.events.slice(0, version));
  known.set(order, state);
  return state;
}

/** The order after exactly these events. */
export function foldOrder(order: OrderLife, events: readonly OrderEvent[]): OrderState {
  const state: OrderState = {
    order,
    version: events.length,
    state: 'New',
    stateChangedAt: order.placedAt,
    changedAt: undefined,
    updatedAt: order.placedAt,
    type: order.type,
    freight: order.freight,
    shipTo: order.shipTo,
    window: order.window,
    lines: order.lines.map((line) => lineState(line, order.placedAt)),
  };
  for (const event of events) apply(state, event);
  return state;
}

function lineState(line: LinePlaced, at: Instant): LineState {
  return {
    line,
    ordered: line.ordered,
    cost: line.cost,
    quantitySteps: [{ at, eaches: line.ordered }],
    answers: [],
    received: 0,
    lastReceivedAt: undefined,
    cancelled: false,
    orderedBeforeCancelling: line.ordered,
  };
}

function apply(state: OrderState, event: OrderEvent): void {
  state.updatedAt = event.at;
  switch (event.kind) {
    case 'changed':
      state.changedAt = event.at;
      for (const change of event.changes) applyChange(state, event.at, change);
      return;
    case 'acknowledged':
      for (const answer of event.lines) {
        const { accepted, backordered, rejected } = answer;
        find(state, answer.sequence)?.answers.push({ at: event.at, accepted, backordered, rejected });
      }
      if (state.state === 'New') moveTo(state, event.at, 'Acknowledged');
      // An order of which nothing was accepted is closed at once.
      if (state.lines.every((line) => offered(line) === 0)) moveTo(state, event.at, 'Closed');
      return;
    case 'received': {
      const line = find(state, event.sequence);
      if (!line) return;
      line.received += event.eaches;
      line.lastReceivedAt = event.at;
      return;
    }
    case 'closed':
      moveTo(state, event.at, 'Closed');
      return;
  }
}

function applyChange(state: OrderState, at: Instant, change: OrderChange): void {
  switch (change.field) {
    case 'quantity': {
      const line = find(state, change.sequence);
      if (line) setOrdered(line, at, change.ordered);
      return;
    }
    case 'cost': {
      const line = find(state, change.sequence);
      if (line) line.cost = change.cost;
      return;
    }
    case 'window':
      state.window = change.window;
      return;
    case 'ship-to':
      state.shipTo = change.place;
      return;
    case 'type':
      state.type = change.type;
      return;
    case 'freight':
      state.freight = change.freight;
      return;
    case 'line-added':
      state.lines = [...state.lines, lineState(change.line, at)];
      return;
    case 'line-removed':
      state.lines = state.lines.filter((line) => line.line.sequence !== change.sequence);
      return;
    case 'cancelled':
      for (const line of state.lines) {
        line.orderedBeforeCancelling = line.ordered;
        setOrdered(line, at, 0);
      }
      moveTo(state, at, 'Closed');
      return;
    case 'uncancelled':
      for (const line of state.lines) setOrdered(line, at, line.orderedBeforeCancelling);
      moveTo(state, at, state.lines.some((line) => line.answers.length > 0) ? 'Acknowledged' : 'New');
      return;
  }
}

function setOrdered(line: LineState, at: Instant, ordered: Eaches): void {
  if (ordered !== line.ordered) line.quantitySteps.push({ at, eaches: ordered - line.ordered });
  line.ordered = ordered;
  line.cancelled = ordered === 0;
}

const find = (state: OrderState, sequence: string): LineState | undefined =>
  state.lines.find((line) => line.line.sequence === sequence);

/** What the vendor's newest answer promises to send, now or later; 0 without an answer. */
export function offered(line: LineState): Eaches {
  const answer = line.answers.at(-1);
  return answer ? answer.accepted + answer.backordered : 0;
}

function moveTo(state: OrderState, at: Instant, to: OrderState['state']): void {
  if (state.state === to) return;
  state.state = to;
  state.stateChangedAt = at;
}
