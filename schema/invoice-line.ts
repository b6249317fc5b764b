import { money } from '../src/base/money.ts';
import { builder } from './builder.ts';
import { InvoiceMoney } from './invoice-money.ts';
import { Money, moneyOrNull, UnitCost, unitCost } from './money.ts';

builder.prismaObject('InvoiceLine', {
  description: 'One line of an invoice or credit note.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    invoiceNumber: t.exposeString('invoiceNumber', { description: 'The invoice it stands on.' }),
    lineNumber: t.exposeString('lineNumber', { description: 'Its number on the invoice.' }),
    orderNumber: t.exposeString('orderNumber', { nullable: true, description: 'The order it charges, when stated.' }),
    asin: t.exposeString('asin', { nullable: true, description: "Amazon's product identifier." }),
    vendorSku: t.exposeString('vendorSku', { nullable: true, description: "The vendor's own product number." }),
    description: t.exposeString('description', { nullable: true, description: 'What it charges, in words.' }),
    invoiced: t.expose('invoiced', {
      type: 'Eaches',
      description: 'How much it charges, in eaches; negative on a credit note.',
    }),
    unitCost: t.field({
      type: UnitCost,
      nullable: true,
      description: 'What it charges for one unit.',
      resolve: (l) => unitCost(l.unitCost, l.currency, null),
    }),
    net: t.field({
      type: Money,
      nullable: true,
      description: 'Without taxes.',
      resolve: (l) => moneyOrNull(l.netMinor, l.currency),
    }),
    tax: t.field({
      type: Money,
      nullable: true,
      description: 'Taxes.',
      resolve: (l) => moneyOrNull(l.taxMinor, l.currency),
    }),
    total: t.field({
      type: Money,
      description: 'All it claims, taxes included.',
      resolve: (l) => money(l.totalMinor, l.currency),
    }),
    money: t.field({ type: InvoiceMoney, description: 'What became of its total.', resolve: (l) => l }),
    matched: t.expose('matched', {
      type: 'Eaches',
      nullable: true,
      description: 'How much Amazon found on receipts, in eaches.',
    }),
    quantityVariance: t.expose('quantityVariance', {
      type: 'Eaches',
      nullable: true,
      description: 'How much was invoiced but not found on receipts, in eaches.',
    }),
    priceVariance: t.field({
      type: Money,
      nullable: true,
      description: 'How much was invoiced above the agreed cost.',
      resolve: (l) => moneyOrNull(l.priceVarianceMinor, l.currency),
    }),
    reasons: t.exposeStringList('reasons', { description: "Amazon's reasons for variances, verbatim." }),
    referencedInvoiceNumber: t.exposeString('referencedInvoiceNumber', {
      nullable: true,
      description: 'On a credit note: the invoice this line reduces.',
    }),
    invoice: t.relation('invoice', { description: 'The invoice it stands on.' }),
    orderLine: t.relation('orderLine', {
      nullable: true,
      description: 'The order line it charges; null until that is known.',
      authScopes: { 'order:read': true },
    }),
  }),
});

builder.prismaObject('InvoiceTax', {
  description: 'A tax as the invoice stated it, of one line or of the whole.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    lineNumber: t.exposeString('lineNumber', {
      nullable: true,
      description: 'The line it is of; null for the whole invoice.',
    }),
    type: t.exposeString('type', { description: 'VAT, GST, MwSt., …; verbatim.' }),
    rate: t.expose('rate', { type: 'Decimal', nullable: true, description: 'Per cent, as stated.' }),
    taxable: t.field({
      type: Money,
      nullable: true,
      description: 'The amount it is on.',
      resolve: (tax) => moneyOrNull(tax.taxableMinor, tax.currency),
    }),
    tax: t.field({ type: Money, description: 'The tax.', resolve: (tax) => money(tax.taxMinor, tax.currency) }),
  }),
});
