// Counting goods is human: late, twice, too much, somewhere else, under another name.
import {
  acknowledge,
  close,
  count,
  invoice,
  lastOf,
  later,
  match,
  pay,
  receive,
  type Scene,
  ship,
} from '../build/index.ts';
import type { OrderWish } from '../build/orders.ts';
import type { ReceiveWish } from '../build/shipments.ts';
import { anotherPlace } from './order-changes.ts';
import { order, type Story } from './story.ts';

const all = { answer: (line: { ordered: number }) => ({ accepted: line.ordered }) };

/** A plain order, counted as wished, billed for what was sent. */
function counted(scene: Scene, placing: OrderWish, receiving: ReceiveWish, quantityDefect?: string): void {
  const placed = order(scene, placing);
  acknowledge(scene, placed, all);
  const shipment = ship(scene, [placed]);
  receive(scene, shipment, receiving);
  close(scene, placed);
  const bill = invoice(scene, [shipment]);
  match(scene, bill, quantityDefect ? { quantityDefect } : {});
  pay(scene, bill);
}

export const receivingStories: readonly Story[] = [
  {
    edgeCase: 15,
    title: 'Counted in over six days',
    tell: (scene) => counted(scene, { lines: 2, ordered: 144, unit: 'Eaches' }, { days: 6 }),
  },
  {
    edgeCase: 17,
    title: 'More counted than sent',
    tell: (scene) =>
      counted(
        scene,
        { lines: 2, ordered: 30, unit: 'Eaches' },
        { counted: (item, i) => item.eaches + (i === 0 ? 3 : 0) },
      ),
  },
  {
    edgeCase: 18,
    title: 'Received total corrected downwards',
    tell(scene) {
      const placed = order(scene, { lines: 2, ordered: 24, unit: 'Eaches' });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed]);
      receive(scene, shipment);
      count(placed, '1', -5, later(scene, lastOf(placed.events, placed.placedAt), 2));
      close(scene, placed);
      const bill = invoice(scene, [shipment]);
      match(scene, bill, { quantityDefect: 'OVERBILLING' });
      pay(scene, bill);
    },
  },
  {
    edgeCase: 19,
    title: 'Counted in at another fulfilment centre than ordered',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed]);
      receive(scene, shipment, { place: anotherPlace(scene, placed.shipTo).code });
      close(scene, placed);
      const bill = invoice(scene, [shipment]);
      match(scene, bill);
      pay(scene, bill);
    },
  },
  {
    edgeCase: 20,
    title: 'Counted in under the ASIN of the neighbouring line',
    tell: (scene) =>
      counted(
        scene,
        { lines: 2, ordered: 20, unit: 'Eaches' },
        { counted: (_item, i) => (i === 0 ? 0 : 40), days: 1 },
        'ASIN_MISMATCH',
      ),
  },
  {
    edgeCase: 21,
    title: 'Ten cases of five ordered, fifty pieces counted',
    tell(scene) {
      const product = scene.random.pick(scene.catalogue.filter((one) => !one.weight));
      counted(
        scene,
        { products: [{ ...product, caseSize: 5 }], ordered: 50, unit: 'Cases', receivedInEaches: true },
        { days: 2 },
      );
    },
  },
  {
    edgeCase: 21,
    title: 'A line priced by weight',
    tell: (scene) =>
      counted(
        scene,
        { products: scene.catalogue.filter((one) => one.weight).slice(0, 1), ordered: 40, unit: 'Eaches' },
        { days: 1 },
      ),
  },
];
