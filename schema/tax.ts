import type { Currency } from '../src/base/currency.ts';
import { sum } from '../src/base/money.ts';
import type { AssessedInvoice } from '../src/seams/assessed-invoice.ts';
import type { TaxAnswer, TaxLine } from '../src/seams/site.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { Invoice } from './invoice.ts';
import { limits } from './limits.ts';
import { Money } from './money.ts';
import { orSiteRefusal, siteOf, typeOfAnswer } from './site-answers.ts';
import { TaxExemption, TaxTrace } from './tax-trace.ts';
import { type InvoiceRows, taxableInvoice, taxColumns } from './taxable-invoice.ts';

const TaxPointFrom = builder.enumType('TaxPointFrom', {
  description: 'What decided the day that decides the rate.',
  values: {
    RECEIPT: { description: 'Amazon counted the last of it in on that day.' },
    INVOICE_DATE: { description: 'The date on the invoice, since it is not known when just this was received.' },
  },
});

const TaxInStateCurrency = builder.objectRef<NonNullable<TaxLine['inTaxCurrency']>>('TaxInStateCurrency').implement({
  description: 'The same tax in the currency of the state that levies it.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    base: t.field({ type: Money, description: 'What it is a part of.', resolve: ({ base }) => base }),
    tax: t.field({ type: Money, description: 'The tax, converted before it was rounded.', resolve: ({ tax }) => tax }),
    source: t.exposeString('source', { description: 'Day and publisher of the exchange rate.' }),
  }),
});

export const AssessedTax = builder.objectRef<TaxLine>('AssessedTax').implement({
  description: "One tax as the site's rule makes it.",
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'The rule that made it, such as jp/consumption-tax.' }),
    base: t.field({ type: Money, description: 'What it is a part of.', resolve: ({ base }) => base }),
    rate: t.expose('rate', { type: 'Decimal', description: 'How much of the base, per cent.' }),
    tax: t.field({ type: Money, description: 'The tax.', resolve: ({ tax }) => tax }),
    name: t.exposeString('name', { nullable: true, description: 'As printed, such as VAT, GST or QST.' }),
    category: t.exposeString('category', {
      nullable: true,
      description: 'By UN/CEFACT code list 5305: S, AA, Z, E, AE, K, G or O. Null when the site does not say.',
    }),
    jurisdiction: t.exposeString('jurisdiction', {
      nullable: true,
      description: 'Country or country-region whose tax it is: DE, CA-QC.',
    }),
    exemption: t.expose('exemption', {
      type: TaxExemption,
      nullable: true,
      description: 'Why it is none. Null where tax is charged, and where a zero is the rate.',
    }),
    inStateCurrency: t.expose('inTaxCurrency', {
      type: TaxInStateCurrency,
      nullable: true,
      description: 'Null when the invoice is in the currency of the state already, or where there is no tax.',
    }),
  }),
});

export const TaxWarning = builder.objectRef<TaxAnswer['warnings'][number]>('TaxWarning').implement({
  description: 'Something a person should see to, though the tax could be assessed.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    code: t.exposeString('code', { description: "For a program: the site's own, such as RESALE_CERTIFICATE_MISSING." }),
    message: t.exposeString('message', { description: 'For a person.' }),
  }),
});

export const TaxAssessment = builder.interfaceRef<AssessedInvoice>('TaxAssessment').implement({
  description:
    "What the rules of its site make of an invoice. The invoice's own taxes are what a document stated; these are what the rule says.",
  resolveType: typeOfAnswer('SiteTaxAssessment') as never,
  fields: (t) => ({
    rule: t.exposeString('rule', { description: 'The rule that answered, so that no tax can be traced too.' }),
    taxPoint: t.expose('taxPoint', { type: 'Date', description: 'The day that decided the rate.' }),
    taxPointFrom: t.expose('taxPointFrom', { type: TaxPointFrom, description: 'Where that day comes from.' }),
    taxes: t.expose('taxes', { type: [AssessedTax], description: 'Each tax. Empty when the rule makes none.' }),
    total: t.field({ type: Money, description: 'All of them together.', resolve: ({ total }) => total }),
    warnings: t.expose('warnings', { type: [TaxWarning], description: 'What somebody should see to.' }),
    trace: t.field({ type: TaxTrace, description: 'How it came about.', resolve: (answer) => answer }),
  }),
});

builder.objectType(builder.objectRef<AssessedInvoice>('SiteTaxAssessment'), {
  description: 'An assessment of a site that has nothing to add to what all sites say.',
  authScopes: { 'invoice:read': true },
  interfaces: [TaxAssessment],
});

builder.prismaObjectField(Invoice, 'taxAssessment', (t) =>
  t.field({
    type: TaxAssessment,
    nullable: true,
    description:
      'What the rules of its site make of it. Null with a coded error where the site cannot say; never zero for want of an answer.',
    // Its lines, what they charge, and where that went.
    complexity: { field: 1 + 3 * limits.listEstimate, multiplier: 1 },
    select: taxColumns,
    resolve: (invoice, _args, context) => assessedInvoice(invoice, context),
  }),
);

/** What the rules of its site make of an invoice. @throws GraphQLError coded, where the site cannot say */
export function assessedInvoice(
  invoice: InvoiceRows,
  { sites, slots }: Pick<Context, 'sites' | 'slots'>,
): AssessedInvoice {
  const site = siteOf(sites, invoice.account.site);
  const { invoice: asked, taxPointFrom } = orSiteRefusal(taxableInvoice(invoice, site, slots));
  const answer = orSiteRefusal(site.tax(asked));
  return {
    ...answer,
    site: site.code,
    asked,
    lineNumbers: invoice.lines.map(({ lineNumber }) => lineNumber),
    taxPoint: asked.taxPoint,
    taxPointFrom,
    total: sum(
      answer.taxes.map(({ tax }) => tax),
      invoice.currency as Currency,
    ),
  };
}
