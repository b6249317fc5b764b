// Orders of another kind: stock that stays the vendor's, goods that cross the sea.
import { acknowledge, close, later, match, pay, receive, ship, writeInvoice } from '../build/index.ts';
import { order, runOn, type Story } from './story.ts';

const all = { answer: (line: { ordered: number }) => ({ accepted: line.ordered }) };

export const kindStories: readonly Story[] = [
  {
    edgeCase: 47,
    title: 'Consigned stock, billed only as it sells',
    tell(scene) {
      const placed = order(scene, { lines: 1, ordered: 60, unit: 'Eaches', type: 'ConsignedOrder' });
      acknowledge(scene, placed, all);
      const shipment = ship(scene, [placed]);
      receive(scene, shipment);
      close(scene, placed);
      for (const [days, eaches] of [
        [20, 14],
        [40, 22],
      ] as const) {
        const [line] = placed.lines;
        if (!line) return;
        const bill = writeInvoice(scene, [{ order: placed, line, eaches, cost: line.cost }], {
          at: later(scene, shipment.createdAt, days),
        });
        match(scene, bill);
        pay(scene, bill);
      }
    },
  },
  {
    edgeCase: 48,
    title: 'Import order in an ocean container',
    tell(scene) {
      const placed = order(scene, { lines: 4, imported: true });
      acknowledge(scene, placed, all);
      runOn(scene, [placed]);
    },
  },
];
