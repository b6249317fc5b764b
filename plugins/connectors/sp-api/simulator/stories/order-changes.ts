// Amazon changes its mind after placing: only the newest state is ever shown.
import {
  acknowledge,
  anotherLine,
  change,
  clockTime,
  close,
  invoice,
  lastOf,
  later,
  match,
  pay,
  receive,
  type Scene,
  ship,
  shippedAt,
} from '../build/index.ts';
import { dayLength, hour } from '../calendar.ts';
import type { Place } from '../sites.ts';
import { order, runOn, type Story } from './story.ts';

const all = { answer: (line: { ordered: number }) => ({ accepted: line.ordered }) };

export const orderChangeStories: readonly Story[] = [
  {
    edgeCase: 4,
    title: 'Quantities raised and lowered after the acknowledgement',
    tell(scene) {
      const placed = order(scene, { lines: 3, ordered: 36, unit: 'Eaches' });
      acknowledge(scene, placed, all);
      change(scene, placed, [
        { field: 'quantity', sequence: '1', ordered: 48 },
        { field: 'quantity', sequence: '2', ordered: 20 },
      ]);
      acknowledge(scene, placed, all);
      runOn(scene, [placed]);
    },
  },
  {
    edgeCase: 5,
    title: 'A line added and another removed',
    tell(scene) {
      const placed = order(scene, { lines: 3 });
      acknowledge(scene, placed, all);
      const product = scene.catalogue.find((one) => !placed.lines.some((line) => line.product === one));
      if (!product) throw new Error('the catalogue is too small for another line');
      change(scene, placed, [
        { field: 'line-added', line: anotherLine(scene, placed, product, 18) },
        { field: 'line-removed', sequence: '2' },
      ]);
      acknowledge(scene, placed, all);
      runOn(scene, [placed]);
    },
  },
  {
    edgeCase: 5,
    title: 'Type and freight changed before shipping',
    tell(scene) {
      const placed = order(scene, { lines: 2, freight: 'Prepaid' });
      acknowledge(scene, placed, all);
      change(scene, placed, [
        { field: 'type', type: 'RushOrder' },
        { field: 'freight', freight: 'Collect' },
      ]);
      runOn(scene, [placed]);
    },
  },
  {
    edgeCase: 6,
    title: 'Cancelled, then un-cancelled',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      const answered = acknowledge(scene, placed, all);
      const cancelled = change(scene, placed, [{ field: 'cancelled' }], later(scene, answered, 1));
      change(scene, placed, [{ field: 'uncancelled' }], later(scene, cancelled, 2));
      runOn(scene, [placed]);
    },
  },
  {
    edgeCase: 7,
    title: 'Cancelled while the truck is on the road',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed], { transitDays: 4 });
      change(scene, placed, [{ field: 'cancelled' }], shippedAt(shipment) + 20 * hour);
      // Billed at departure, refused at the door: nothing is matched and nothing is paid.
      const bill = invoice(scene, [shipment]);
      match(scene, bill, { at: later(scene, bill.createdAt, 8), quantityDefect: 'DELETED_APPOINTMENT' });
    },
  },
  {
    edgeCase: 8,
    title: 'Fulfilment centre changed after the shipment left',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed], { transitDays: 5 });
      const elsewhere = anotherPlace(scene, shipment.to);
      change(scene, placed, [{ field: 'ship-to', place: elsewhere }], shippedAt(shipment) + 9 * hour);
      receive(scene, shipment, { place: elsewhere.code });
      close(scene, placed);
      const bill = invoice(scene, [shipment]);
      match(scene, bill);
      pay(scene, bill);
    },
  },
  {
    edgeCase: 9,
    title: 'Window extended, shipped after the first window',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const window = { from: placed.window.from, until: placed.window.until + 7 * dayLength };
      change(scene, placed, [{ field: 'window', window }]);
      runOn(scene, [placed], { ship: { createdAt: clockTime(scene, placed.window.until, 1, 9 * 60) } });
    },
  },
  {
    edgeCase: 10,
    title: 'Cost lowered after shipping, billed at the cost of the ship date',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed]);
      const bill = invoice(scene, [shipment]);
      change(
        scene,
        placed,
        placed.lines.map((line) => ({ field: 'cost', sequence: line.sequence, cost: cheaper(scene, line.cost) })),
        Math.max(bill.createdAt, lastOf(placed.events, placed.placedAt)) + 3 * hour,
      );
      receive(scene, shipment);
      close(scene, placed);
      match(scene, bill, { priceDefect: 'AMAZON_POC_LOWERING_COST_ON_PO' });
      pay(scene, bill);
    },
  },
];

/** Five per cent less, in whole coins. */
function cheaper(scene: Scene, cost: bigint): bigint {
  const coin = 10n ** BigInt(4 - scene.account.minorDigits);
  return ((cost * 95n) / 100n / coin) * coin;
}

/** Any other fulfilment centre of the site. */
export function anotherPlace(scene: Scene, than: Place): Place {
  const others = scene.site.fulfilmentCentres.filter((place) => place.code !== than.code);
  return scene.random.pick(others);
}
