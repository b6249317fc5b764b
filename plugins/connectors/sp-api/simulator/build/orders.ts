// Amazon places, the vendor answers, Amazon changes its mind, the order is closed.
import { atLocal, dayIn, hour, minute } from '../calendar.ts';
import type { Product } from '../catalogue.ts';
import type { Instant } from '../clock.ts';
import type { AcknowledgedLine, Eaches, Freight, LinePlaced, OrderChange, OrderType, Window } from '../life.ts';
import { alphanumeric, Random } from '../random.ts';
import type { Place } from '../sites.ts';
import { foldOrder, type LineState, type OrderState } from '../state.ts';
import { arrange, lastOf, later, type OrderDraft, type Scene } from './scene.ts';

export interface OrderWish {
  readonly at?: Instant;
  readonly lines?: number;
  /** Eaches of every line. */
  readonly ordered?: Eaches;
  readonly products?: readonly Product[];
  readonly unit?: 'Eaches' | 'Cases';
  readonly receivedInEaches?: boolean;
  readonly backOrderAllowed?: boolean;
  readonly freight?: Freight;
  readonly type?: OrderType;
  readonly imported?: boolean;
  readonly shipTo?: Place;
  readonly vendorCode?: string;
}

/** Place an order in the scene; whatever is not wished for is drawn. */
export function place(scene: Scene, wish: OrderWish = {}): OrderDraft {
  const { random, account, site } = scene;
  const placedAt = wish.at ?? scene.startsAt + scene.orders.length * 7 * minute;
  const freight = wish.freight ?? (wish.imported || random.chance(site.collectPercent) ? 'Collect' : 'Prepaid');
  const type =
    wish.type ??
    random.weighted<OrderType>([
      [93, 'RegularOrder'],
      [4, 'NewProductIntroduction'],
      [3, 'RushOrder'],
    ]);
  const count =
    wish.products?.length ??
    wish.lines ??
    random.weighted([
      [24, 1],
      [18, 2],
      [16, 3],
      [12, 4],
      [10, 5],
      [8, 6],
      [12, random.int(7, 12)],
    ]);
  const order: OrderDraft = {
    // Its own stream, so that a number never depends on what was drawn before it.
    number: new Random(scene.seed, account.name, 'order', scene.day, scene.index, scene.orders.length).text(
      alphanumeric,
      8,
    ),
    vendorCode: wish.vendorCode ?? (random.chance(75) ? account.vendorCodes[0] : random.pick(account.vendorCodes)),
    placedAt,
    type,
    paymentMethod: type === 'ConsignedOrder' ? 'Consignment' : 'Invoice',
    dealCode: random.chance(4) ? `DEAL${random.int(10_000, 99_999)}` : undefined,
    importTerms: wish.imported ? importTerms(scene) : undefined,
    freight,
    shipTo: wish.shipTo ?? random.pick(site.fulfilmentCentres),
    window: drawWindow(
      scene,
      placedAt,
      type === 'RushOrder' ? 1 : random.int(2, 6),
      wish.imported ? 24 : random.int(5, 10),
    ),
    lines: drawProducts(scene, count, wish.products).map((product, i) => drawLine(scene, String(i + 1), product, wish)),
    events: [],
  };
  scene.orders.push(order);
  return order;
}

function drawWindow(scene: Scene, from: Instant, startsInDays: number, lengthDays: number): Window {
  const { timeZone } = scene.site;
  const first = dayIn(timeZone, from) + startsInDays;
  return { from: atLocal(timeZone, first, 0), until: atLocal(timeZone, first + lengthDays, 24 * 60) - 1000 };
}

function drawProducts(scene: Scene, count: number, wished: readonly Product[] | undefined): Product[] {
  if (wished) return [...wished];
  const chosen: Product[] = [];
  while (chosen.length < count) {
    const product = scene.random.pick(scene.catalogue);
    if (!product.weight && !chosen.includes(product)) chosen.push(product);
  }
  return chosen;
}

function drawLine(scene: Scene, sequence: string, product: Product, wish: OrderWish): LinePlaced {
  const { random } = scene;
  const unit = wish.unit ?? (random.chance(22) ? 'Cases' : 'Eaches');
  const unitSize = unit === 'Cases' ? product.caseSize : 1;
  const cases = random.weighted([
    [40, random.int(1, 4)],
    [40, random.int(5, 16)],
    [20, random.int(17, 60)],
  ]);
  const ordered = wish.ordered ?? cases * product.caseSize;
  return {
    sequence,
    product,
    ordered: unit === 'Cases' ? Math.max(1, Math.floor(ordered / unitSize)) * unitSize : ordered,
    unit,
    unitSize,
    receivedInEaches: wish.receivedInEaches ?? false,
    cost: product.cost,
    backOrderAllowed: wish.backOrderAllowed ?? random.chance(30),
  };
}

function importTerms(scene: Scene) {
  return {
    methodOfPayment: scene.random.pick(['FOBPortOfCall', 'PaidByBuyer']),
    commercialTerms: 'FreeOnBoard',
    portOfDelivery: scene.random.pick(['Long Beach', 'Vancouver', 'Hamburg', 'Yokohama']),
    containers: scene.random.pick(["1-40'HC", "2-20'GP", "1-45'HC"]),
    instructions: 'Floor-load containers; keep order lines together.',
  };
}

/** A line for an order that already stands, with the next number. */
export const anotherLine = (scene: Scene, order: OrderDraft, product: Product, ordered: Eaches): LinePlaced =>
  drawLine(scene, String(order.lines.length + 1), product, { ordered, unit: 'Eaches' });

/** What the order has become after everything written so far. */
export function soFar(order: OrderDraft): OrderState {
  const known = folded.get(order);
  if (known?.version === order.events.length) return known;
  arrange(order);
  const state = foldOrder(order, order.events);
  folded.set(order, state);
  return state;
}

// Events are only ever added to a draft, so their number tells whether a fold is still the newest.
const folded = new WeakMap<OrderDraft, OrderState>();

export type Answer = { readonly accepted: Eaches; readonly backordered?: Eaches } | 'left out';

/**
 * The vendor's answer, within a day unless `at` says otherwise. A line left out is rejected, as Amazon
 * does. Without `answer` everything is accepted, save a rare line that is not.
 */
export function acknowledge(
  scene: Scene,
  order: OrderDraft,
  options: { readonly at?: Instant; readonly answer?: (line: LineState, index: number) => Answer } = {},
): Instant {
  const at = options.at ?? lastOf(order.events, order.placedAt) + scene.random.int(70, 22 * 60) * minute;
  const state = soFar(order);
  const refused = state.lines.length > 2 && scene.random.chance(8) ? scene.random.int(0, state.lines.length - 1) : -1;
  const lines = state.lines.map((line, i): AcknowledgedLine => {
    const answer = options.answer?.(line, i) ?? { accepted: i === refused ? 0 : line.ordered };
    const accepted = answer === 'left out' ? 0 : answer.accepted;
    const backordered = answer === 'left out' ? 0 : (answer.backordered ?? 0);
    return { sequence: line.line.sequence, accepted, backordered, rejected: line.ordered - accepted - backordered };
  });
  order.events.push({ at, kind: 'acknowledged', lines });
  return at;
}

/** Amazon changes the order, a working hour later unless `at` says when. */
export function change(scene: Scene, order: OrderDraft, changes: readonly OrderChange[], at?: Instant): Instant {
  const when = at ?? lastOf(order.events, order.placedAt) + scene.random.int(2, 9) * hour;
  order.events.push({ at: when, kind: 'changed', changes });
  return when;
}

/** Amazon closes the order some days after the last thing that happened to it. */
export function close(scene: Scene, order: OrderDraft, at?: Instant): void {
  const state = soFar(order);
  if (state.state === 'Closed') return;
  order.events.push({ at: at ?? later(scene, lastOf(order.events, order.placedAt), 2, 6), kind: 'closed' });
}
