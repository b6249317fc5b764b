import type { FreightTerm as FreightTermValue } from '../src/domain/changes.ts';
import { type LineState as LineStateValue, lineStates } from '../src/domain/line-state.ts';
import { builder } from './builder.ts';

const states: Readonly<Record<LineStateValue, string>> = {
  NEW: 'Ordered; the vendor has not answered.',
  CANCELLED: 'Amazon took the whole quantity back before anything was shipped.',
  REJECTED: 'The vendor will deliver nothing.',
  PARTIALLY_ACKNOWLEDGED: 'The vendor will deliver less than ordered.',
  BACKORDERED: 'The vendor will deliver some or all of it later.',
  ACKNOWLEDGED: 'The vendor will deliver all of it.',
  PARTIALLY_SHIPPED: 'Less than accepted left the dock.',
  SHIPPED: 'All that was accepted left the dock.',
  PARTIALLY_RECEIVED: 'Amazon counted in less than was shipped, and may count more.',
  SHORT: 'Amazon closed it having counted in less than was shipped.',
  RECEIVED: 'Amazon counted in what was shipped.',
  OVER_RECEIVED: 'Amazon counted in more than was shipped.',
  PARTIALLY_INVOICED: 'Less was invoiced than received or shipped.',
  INVOICED: 'What was received or shipped is invoiced.',
  OVER_INVOICED: 'More was invoiced than ordered, shipped or received.',
  PARTIALLY_PAID: 'Some of what was invoiced is paid.',
  PAID: 'Paid, with nothing withheld or credited.',
  OVERPAID: 'More came than was invoiced.',
  CLOSED: 'Settled: paid, deducted and credited make up what was invoiced.',
};

/** The furthest an order or a line has come. */
export const LineState = builder.enumType('LineState', {
  description:
    'The furthest an order or a line has come, from the dock to the bank. Ours: a pure function of its quantities and money.',
  values: Object.fromEntries(lineStates.map((state) => [state, { description: states[state] }])) as Record<
    LineStateValue,
    { description: string }
  >,
});

const freight: Readonly<Record<FreightTermValue, string>> = {
  PREPAID: 'The vendor ships, and the delivery window counts.',
  COLLECT: 'Amazon fetches, and the ship window counts.',
};

export const FreightTerm = builder.enumType('FreightTerm', {
  description: 'Who pays the carrier, and so which window counts.',
  values: {
    PREPAID: { description: freight.PREPAID },
    COLLECT: { description: freight.COLLECT },
  },
});
