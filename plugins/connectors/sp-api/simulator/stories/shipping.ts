// One order in many trucks, many orders in one, and notices that are sent again.
import {
  acknowledge,
  close,
  count,
  deliveredAt,
  invoice,
  later,
  match,
  pay,
  receive,
  repack,
  ship,
  shippedAt,
} from '../build/index.ts';
import { hour } from '../calendar.ts';
import { order, type Story } from './story.ts';

const all = { answer: (line: { ordered: number }) => ({ accepted: line.ordered }) };

export const shippingStories: readonly Story[] = [
  {
    edgeCase: 11,
    title: 'One line sent in three shipments',
    tell(scene) {
      const placed = order(scene, { lines: 1, ordered: 90, unit: 'Eaches' });
      const answered = acknowledge(scene, placed, all);
      const shipments = [1, 3, 5].map((days) =>
        ship(scene, [placed], { createdAt: later(scene, answered, days), quantity: () => 30 }),
      );
      for (const shipment of shipments) receive(scene, shipment);
      close(scene, placed);
      const bill = invoice(scene, shipments);
      match(scene, bill);
      pay(scene, bill);
    },
  },
  {
    edgeCase: 12,
    title: 'Three orders in one shipment',
    tell(scene) {
      const first = order(scene, { lines: 2 });
      const { shipTo, freight } = first;
      const orders = [first, order(scene, { lines: 1, shipTo, freight }), order(scene, { lines: 2, shipTo, freight })];
      for (const placed of orders) acknowledge(scene, placed, all);
      const shipment = ship(scene, orders);
      receive(scene, shipment);
      for (const placed of orders) close(scene, placed);
      const bill = invoice(scene, [shipment]);
      match(scene, bill);
      pay(scene, bill);
    },
  },
  {
    edgeCase: 13,
    title: 'Shipment notice replaced by one with less in it',
    tell(scene) {
      const placed = order(scene, { lines: 2, ordered: 24, unit: 'Eaches' });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed], { transitDays: 3 });
      const items = shipment.items.map((item, i) => (i === 0 ? { ...item, eaches: 18 } : item));
      shipment.events.push({
        at: shippedAt(shipment) + 2 * hour,
        kind: 'replaced',
        items,
        cartons: repack(scene, shipment, items),
      });
      receive(scene, shipment, { counted: (item, i) => (i === 0 ? 18 : item.eaches) });
      close(scene, placed);
      const bill = invoice(scene, [shipment], { bill: (line, i) => ({ eaches: i === 0 ? 18 : line.eaches }) });
      match(scene, bill);
      pay(scene, bill);
    },
  },
  {
    edgeCase: 14,
    title: 'Three shipments under one bill of lading',
    tell(scene) {
      const first = order(scene, { lines: 2 });
      const { shipTo, freight } = first;
      const orders = [first, order(scene, { lines: 2, shipTo, freight }), order(scene, { lines: 1, shipTo, freight })];
      const billOfLading = `UBOL${scene.day}${scene.index}`;
      for (const placed of orders) {
        acknowledge(scene, placed, all);
        const shipment = ship(scene, [placed], { billOfLading });
        receive(scene, shipment);
        close(scene, placed);
        const bill = invoice(scene, [shipment]);
        match(scene, bill);
        pay(scene, bill);
      }
    },
  },
  {
    edgeCase: 14,
    title: 'Transport cancelled and requested anew',
    tell(scene) {
      const placed = order(scene, { lines: 2, freight: 'Collect' });
      const answered = acknowledge(scene, placed, all);
      const dropped = ship(scene, [placed], { createdAt: later(scene, answered, 1) });
      const cancelledAt = dropped.createdAt + 4 * hour;
      // It was never assigned a truck: everything after the request did not happen.
      dropped.events.splice(0, dropped.events.length, ...dropped.events.filter((event) => event.at < cancelledAt));
      dropped.events.push({ at: cancelledAt, kind: 'cancelled' });
      const shipment = ship(scene, [placed], { createdAt: later(scene, cancelledAt, 1), perishable: true });
      receive(scene, shipment);
      close(scene, placed);
      const bill = invoice(scene, [shipment]);
      match(scene, bill);
      pay(scene, bill);
    },
  },
  {
    edgeCase: 16,
    title: 'Counted in without any shipment notice',
    tell(scene) {
      const placed = order(scene, { lines: 2 });
      acknowledge(scene, placed, all);
      // The goods travel as they always do; only Amazon never heard of them.
      const unannounced = ship(scene, [placed]);
      scene.shipments.pop();
      for (const line of placed.lines)
        count(placed, line.sequence, line.ordered, later(scene, deliveredAt(unannounced), 1));
      close(scene, placed);
      const bill = invoice(scene, [unannounced]);
      match(scene, bill);
      pay(scene, bill);
    },
  },
];
