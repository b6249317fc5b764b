import { money } from '../src/base/money.ts';
import { builder } from './builder.ts';
import { Money } from './money.ts';

/** A row that carries what became of an invoice or a line of it, in minor units. */
interface SettlementTally {
  readonly currency: string;
  readonly paidMinor: bigint;
  readonly discountMinor: bigint;
  readonly deductedMinor: bigint;
  readonly creditedMinor: bigint;
  readonly openMinor: bigint;
}

export const InvoiceMoney = builder.objectRef<SettlementTally>('InvoiceMoney').implement({
  description:
    'What became of an invoice or a line of it. paid + deducted + discount + credited + open = total, exactly.',
  fields: (t) => ({
    paid: t.field({
      type: Money,
      description: 'Paid by Amazon.',
      resolve: (row) => money(row.paidMinor, row.currency),
    }),
    discount: t.field({
      type: Money,
      description: 'Taken off by Amazon for paying early.',
      resolve: (row) => money(row.discountMinor, row.currency),
    }),
    deducted: t.field({
      type: Money,
      description: 'Withheld by Amazon.',
      resolve: (row) => money(row.deductedMinor, row.currency),
    }),
    credited: t.field({
      type: Money,
      description: 'Taken back by the vendor with credit notes.',
      resolve: (row) => money(row.creditedMinor, row.currency),
    }),
    open: t.field({
      type: Money,
      description: 'Still owed; negative when more came than was claimed.',
      resolve: (row) => money(row.openMinor, row.currency),
    }),
  }),
});
