import { formatMinor, type Money as MoneyValue, money } from '../src/base/money.ts';
import { builder } from './builder.ts';

/** An amount: minor units in the database, exact decimal text outside. */
export const Money = builder.objectRef<MoneyValue>('Money').implement({
  description: 'An amount of money, exact. Always in the minor digits of its currency: "12.50" USD, "1250" JPY.',
  fields: (t) => ({
    amount: t.field({
      type: 'Decimal',
      description: "The amount in the currency's own unit (dollars, yen), with all its minor digits.",
      resolve: ({ minor, currency }) => formatMinor(minor, currency),
    }),
    currency: t.field({
      type: 'CurrencyCode',
      description: 'The currency of the amount.',
      resolve: ({ currency }) => currency,
    }),
  }),
});

/** What one unit costs, with as many digits as the document gave it. */
export interface UnitCostShape {
  readonly cost: string | { toFixed(): string };
  readonly currency: string;
  readonly per: string | null;
}

export const UnitCost = builder.objectRef<UnitCostShape>('UnitCost').implement({
  description: 'What one unit costs. May have more digits than an amount can.',
  fields: (t) => ({
    cost: t.field({
      type: 'Decimal',
      description: "Cost of one unit, in the currency's own unit (dollars, yen).",
      resolve: ({ cost }) => cost,
    }),
    currency: t.field({
      type: 'CurrencyCode',
      description: 'The currency of the cost.',
      resolve: ({ currency }) => currency,
    }),
    per: t.exposeString('per', {
      nullable: true,
      description:
        "What the cost is of: EACH, or Amazon's unit of weight (POUNDS, OUNCES, GRAMS, KILOGRAMS), verbatim. Null on invoice lines and on differences: there the order line says it.",
    }),
  }),
});

/** A cost that a column may lack. */
export const unitCost = (
  cost: UnitCostShape['cost'] | null,
  currency: string,
  per: string | null,
): UnitCostShape | null => (cost === null ? null : { cost, currency, per });

/** An amount that a column may lack. */
export const moneyOrNull = (minor: bigint | null, currency: string): MoneyValue | null =>
  minor === null ? null : money(minor, currency);

/** A row that carries the running money of an order or a line, in minor units of its currency. */
interface MoneyTally {
  readonly currency: string;
  readonly orderedMinor: bigint;
  readonly invoicedMinor: bigint;
  readonly paidMinor: bigint;
  readonly deductedMinor: bigint;
  readonly discountMinor: bigint;
  readonly creditedMinor: bigint;
  readonly openMinor: bigint;
}

export const OrderMoney = builder.objectRef<MoneyTally>('OrderMoney').implement({
  description:
    'Money of an order or a line, kept up with every document. paid + deducted + discount + credited + open = invoiced.',
  fields: (t) => ({
    ordered: t.field({
      type: Money,
      description: 'Ordered quantity at the agreed cost.',
      resolve: (row) => money(row.orderedMinor, row.currency),
    }),
    invoiced: t.field({
      type: Money,
      description: 'What the vendor claimed for it.',
      resolve: (row) => money(row.invoicedMinor, row.currency),
    }),
    paid: t.field({
      type: Money,
      description: 'What Amazon paid of it.',
      resolve: (row) => money(row.paidMinor, row.currency),
    }),
    deducted: t.field({
      type: Money,
      description: 'What Amazon withheld of it.',
      resolve: (row) => money(row.deductedMinor, row.currency),
    }),
    discount: t.field({
      type: Money,
      description: 'What Amazon took off for paying early.',
      resolve: (row) => money(row.discountMinor, row.currency),
    }),
    credited: t.field({
      type: Money,
      description: 'What the vendor took back by credit notes.',
      resolve: (row) => money(row.creditedMinor, row.currency),
    }),
    open: t.field({
      type: Money,
      description: 'What is still owed of what was invoiced; negative when more came than was claimed.',
      resolve: (row) => money(row.openMinor, row.currency),
    }),
  }),
});
