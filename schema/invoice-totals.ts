import type { Currency } from '../src/base/currency.ts';
import { money } from '../src/base/money.ts';
import { consolidate } from '../src/domain/currency/consolidate.ts';
import { lastRates } from '../src/store/reference-rates.ts';
import { builder } from './builder.ts';
import { ConsolidatedAmount, orRateRefusal } from './conversion.ts';
import { InvoiceDocument, InvoiceFilter, wantedInvoices } from './invoice.ts';
import { InvoiceMoney } from './invoice-money.ts';
import { Money } from './money.ts';

/** What is added up, by its name in a question. */
const sums = {
  TOTAL: 'totalMinor',
  PAID: 'paidMinor',
  QUEUED: 'queuedMinor',
  DISCOUNT: 'discountMinor',
  DEDUCTED: 'deductedMinor',
  CREDITED: 'creditedMinor',
  OPEN: 'openMinor',
} as const;

type Column = (typeof sums)[keyof typeof sums];

/** The invoices of one currency, or its credit notes, added up. Minor units. */
interface InvoiceSumShape extends Readonly<Record<Column, bigint>> {
  readonly currency: Currency;
  readonly document: 'INVOICE' | 'CREDIT_NOTE';
  readonly documents: number;
}

const InvoiceSum = builder.objectRef<InvoiceSumShape>('InvoiceSum').implement({
  description: 'All invoices of one currency, or all its credit notes, added up. Sums of two currencies never meet.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency of all of them.' }),
    document: t.expose('document', { type: InvoiceDocument, description: 'Invoices or credit notes.' }),
    documents: t.exposeInt('documents', { description: 'How many there are.' }),
    total: t.field({
      type: Money,
      description: 'All that is claimed, taxes included; negative for credit notes.',
      resolve: (row) => money(row.totalMinor, row.currency),
    }),
    queued: t.field({
      type: Money,
      description: 'What Amazon has put in line for payment; part of open.',
      resolve: (row) => money(row.queuedMinor, row.currency),
    }),
    money: t.field({ type: InvoiceMoney, description: 'What became of the total.', resolve: (row) => row }),
  }),
});

const InvoiceMeasure = builder.enumType('InvoiceMeasure', {
  description: 'Which sum of invoices.',
  values: {
    TOTAL: { value: sums.TOTAL, description: 'All that is claimed.' },
    PAID: { value: sums.PAID, description: 'Paid by Amazon.' },
    QUEUED: { value: sums.QUEUED, description: 'In line for payment.' },
    DISCOUNT: { value: sums.DISCOUNT, description: 'Taken off for paying early.' },
    DEDUCTED: { value: sums.DEDUCTED, description: 'Withheld by Amazon.' },
    CREDITED: { value: sums.CREDITED, description: 'Taken back with credit notes.' },
    OPEN: { value: sums.OPEN, description: 'Still owed.' },
  },
});

const InvoiceTotals = builder.objectRef<{ readonly sums: readonly InvoiceSumShape[] }>('InvoiceTotals').implement({
  description: 'Invoices added up, in the currencies they are in.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    sums: t.field({
      type: [InvoiceSum],
      description: 'One for each currency and kind of document there is, by currency; none when there are no invoices.',
      resolve: ({ sums: all }) => [...all],
    }),
    consolidated: t.field({
      type: ConsolidatedAmount,
      nullable: true,
      description:
        'The sums as one amount of one currency, at the reference rates of a day: what is open is worth at that day’s rates, whenever it was invoiced. Null with a coded error when a rate is not known.',
      args: {
        of: t.arg({ type: InvoiceMeasure, required: true, defaultValue: sums.OPEN, description: 'Which sum.' }),
        in: t.arg({ type: 'CurrencyCode', required: true, description: 'In which currency.' }),
        on: t.arg({
          type: 'Date',
          required: true,
          description: 'At the rates of which day: those published on it, or last before it, up to 7 days.',
        }),
      },
      resolve: async ({ sums: all }, { of, in: currency, on }, { db }) => {
        const amounts = all.map((row) => money(row[of], row.currency));
        const rates = await lastRates(db, [...new Set([currency, ...all.map((row) => row.currency)])], on);
        return orRateRefusal(consolidate(amounts, currency, on, rates));
      },
    }),
  }),
});

builder.queryField('invoiceTotals', (t) =>
  t.field({
    type: InvoiceTotals,
    nullable: true,
    description: 'Invoices and credit notes added up, by currency and apart. Takes the filter of `invoices`.',
    authScopes: { 'invoice:read': true },
    args: { filter: t.arg({ type: InvoiceFilter, description: 'Which.' }) },
    resolve: async (_root, { filter }, { db }) => {
      const rows = await db.invoice.groupBy({
        by: ['currency', 'document'],
        where: wantedInvoices(filter ?? {}),
        _sum: Object.fromEntries(Object.values(sums).map((column) => [column, true])) as Record<Column, true>,
        _count: { _all: true },
        orderBy: [{ currency: 'asc' }, { document: 'desc' }],
      });
      return {
        sums: rows.map(({ currency, document, _sum, _count }) => ({
          currency: currency as Currency,
          document: document === 'CREDIT_NOTE' ? ('CREDIT_NOTE' as const) : ('INVOICE' as const),
          documents: _count._all,
          ...added(_sum),
        })),
      };
    },
  }),
);

/** A group has at least one row, and no column of these is ever empty. */
const added = (row: Readonly<Record<Column, bigint | null>>): Readonly<Record<Column, bigint>> =>
  Object.fromEntries(Object.values(sums).map((column) => [column, row[column] ?? 0n])) as Record<Column, bigint>;
