import type { Operation, Run } from './cursor.ts';
import type { Step } from './plan.ts';

/** How long each kind of reading takes, roughly: invoices are fetched one by one. */
const share: Readonly<Record<Operation, number>> = {
  getPurchaseOrders: 0.2,
  getPurchaseOrdersStatus: 0.2,
  getShipmentDetails: 0.1,
  getInvoiceHeaders: 0.5,
};

/**
 * How far a first import is, 0 to 1, never going back: each kind of reading has its share, each step of it an equal
 * part. How many pages a step has is not known before its last one, so each page takes half of what is left of the step.
 */
export function progressOf(at: Run, plan: readonly Step[]): number {
  const steps = new Map<Operation, number>();
  for (const { operation } of plan) steps.set(operation, (steps.get(operation) ?? 0) + 1);
  const all = [...steps.keys()].reduce((sum, operation) => sum + share[operation], 0);
  const weight = ({ operation }: Step): number => share[operation] / all / (steps.get(operation) ?? 1);

  const current = plan[at.step];
  if (current === undefined) return 1;
  const done = plan.slice(0, at.step).reduce((sum, step) => sum + weight(step), 0);
  return Math.min(1, done + weight(current) * withinStep(at));
}

function withinStep({ page, pending, listed, nextToken }: Run): number {
  if (pending.length === 0) return 1 - 0.5 ** page;
  const before = 1 - 0.5 ** (page - 1);
  const ofPage = nextToken === undefined ? 1 - before : (1 - before) / 2;
  return before + ofPage * (1 - pending.length / listed);
}
