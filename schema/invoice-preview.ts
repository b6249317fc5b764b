import type { Currency } from '../src/base/currency.ts';
import type { DraftLine } from '../src/seams/preview/draft.ts';
import {
  type InvoicePreview as Preview,
  type PreviewProblem as Problem,
  previewInvoice,
} from '../src/seams/preview/preview.ts';
import type { Required } from '../src/seams/preview/required.ts';
import type { LineTax as LineTaxValue } from '../src/seams/site.ts';
import type { TaxProfile } from '../src/seams/tax-profile.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { DueByTerms } from './due-by-terms.ts';
import { accountIdOf } from './ids.ts';
import { type DraftDefaults, draftOf, type InputProblem, type PreviewInput } from './invoice-draft.ts';
import { InvoicePreviewInput } from './invoice-preview-input.ts';
import { limits } from './limits.ts';
import { Money } from './money.ts';
import { refused } from './refused.ts';
import { siteOf, siteRefused } from './site-answers.ts';
import { AssessedTax } from './tax.ts';
import { LineTax, TaxTrace } from './tax-trace.ts';

const PreviewTaxPointFrom = builder.enumType('PreviewTaxPointFrom', {
  description: 'What decided the day that decides the rate.',
  values: {
    SUPPLY: { description: 'The day of supply.' },
    INVOICE_DATE: { description: 'The date on the invoice, since no day of supply was said.' },
  },
});

const PreviewLine = builder
  .objectRef<DraftLine & { readonly taxes: readonly LineTaxValue[] | null }>('PreviewLine')
  .implement({
    description: 'A line as it would be charged.',
    authScopes: { 'invoice:read': true },
    fields: (t) => ({
      description: t.exposeString('description', { nullable: true, description: 'What it is.' }),
      amount: t.field({
        type: Money,
        description: 'What it charges, as written or worked out.',
        resolve: (line) => line.amount,
      }),
      taxClass: t.exposeString('taxClass', { description: "The site's tax class it was taken for." }),
      taxes: t.field({
        type: [LineTax],
        nullable: true,
        description:
          'The taxes it bears, and so its status. Null when the site has no answer, or does not say it by line.',
        resolve: ({ taxes }) => taxes && [...taxes],
      }),
    }),
  });

const RequiredInvoiceField = builder.objectRef<Required>('RequiredInvoiceField').implement({
  description: 'Something that must stand on this invoice.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Which, as a place in the input; tax.… is worked out by the site.' }),
    scheme: t.exposeString('scheme', {
      nullable: true,
      description: 'Of registrations: which number, such as CA-GST.',
    }),
    isThere: t.boolean({ description: 'Whether it is there.', resolve: ({ missing }) => missing.length === 0 }),
    missing: t.stringList({
      description: 'The places at which it is missing.',
      resolve: ({ missing }) => [...missing],
    }),
    because: t.exposeString('because', { description: 'When it is required: always, from an amount, for a tax.' }),
    source: t.exposeString('source', { description: 'Who says so.' }),
  }),
});

const PreviewProblem = builder.objectRef<Problem>('PreviewProblem').implement({
  description: 'Something that somebody should see to before it is sent.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    code: t.string({
      description: "For a program: of a warning the site's own, of what blocks a heading of the error codes.",
      resolve: (problem) => ('warning' in problem ? problem.warning.code : problem.refusal.code),
    }),
    problem: t.string({
      nullable: true,
      description: "Of TAX_NOT_DECIDABLE: the site's own code for the case.",
      resolve: (problem) =>
        'refusal' in problem && problem.refusal.code === 'TAX_NOT_DECIDABLE' ? problem.refusal.problem : null,
    }),
    message: t.string({
      description: 'For a person.',
      resolve: (problem) => ('warning' in problem ? problem.warning.message : siteRefused(problem.refusal).message),
    }),
    about: t.stringList({
      description: 'The places of the input that it is about.',
      resolve: ({ about }) => [...about],
    }),
  }),
});

const InvoicePreview = builder.objectRef<Preview & { readonly currency: Currency }>('InvoicePreview').implement({
  description: 'What a site makes of an invoice before anything of it is written or sent.',
  authScopes: { 'invoice:read': true },
  fields: (t) => ({
    site: t.exposeString('site', { description: 'The site that answered.' }),
    ready: t.boolean({
      description: 'Whether nothing blocks it and nothing is missing.',
      resolve: ({ blocking, required }) =>
        blocking.length === 0 && required.every(({ missing }) => missing.length === 0),
    }),
    taxPoint: t.expose('taxPoint', { type: 'Date', nullable: true, description: 'The day that decides the rates.' }),
    taxPointFrom: t.expose('taxPointFrom', {
      type: PreviewTaxPointFrom,
      nullable: true,
      description: 'Where that day comes from.',
    }),
    lines: t.field({
      type: [PreviewLine],
      description: 'Its lines, in order.',
      resolve: ({ lines, answer }) => lines.map((line, at) => ({ ...line, taxes: answer?.lines?.[at] ?? null })),
    }),
    rule: t.string({
      nullable: true,
      description: 'The rule that answered, so that no tax can be traced too.',
      resolve: ({ answer }) => answer?.rule,
    }),
    taxes: t.field({
      type: [AssessedTax],
      nullable: true,
      description:
        'Each tax of each group of lines, rounded once. Null when the site has no answer; never zero for want of one.',
      resolve: ({ answer }) => answer && [...answer.taxes],
    }),
    net: t.expose('net', {
      type: Money,
      nullable: true,
      description: 'Without tax. Null where only the tax would tell.',
    }),
    tax: t.expose('tax', { type: Money, nullable: true, description: 'All taxes. Null when the site has no answer.' }),
    total: t.expose('total', {
      type: Money,
      nullable: true,
      description: 'What is claimed. Null where only the tax would tell.',
    }),
    trace: t.field({
      type: TaxTrace,
      nullable: true,
      description: 'How the tax came about, and what the document has to say for it.',
      resolve: ({ answer }) => answer,
    }),
    due: t.field({
      type: DueByTerms,
      nullable: true,
      description:
        'When it would be due and paid, with its reasons. Null when that cannot be said; a warning says why.',
      resolve: ({ settlement }) => settlement && { settlement },
    }),
    required: t.field({
      type: [RequiredInvoiceField],
      description: 'What must stand on it, there or not, with who says so.',
      resolve: ({ required }) => [...required],
    }),
    missing: t.stringList({
      description: 'The places of the input at which something required is missing, each once.',
      resolve: ({ required }) => [...new Set(required.flatMap(({ missing }) => missing))],
    }),
    warnings: t.field({
      type: [PreviewProblem],
      description: 'What somebody should see to, though it could be sent.',
      resolve: ({ warnings }) => [...warnings],
    }),
    blocking: t.field({
      type: [PreviewProblem],
      description: 'Why it cannot be invoiced like this.',
      resolve: ({ blocking }) => [...blocking],
    }),
  }),
});

builder.queryField('invoicePreview', (t) =>
  t.field({
    type: InvoicePreview,
    nullable: true,
    description:
      'What a site makes of an invoice before anything of it is written or sent: tax, days, what is missing. Reads nothing but the account, when one is named.',
    authScopes: { 'invoice:read': true },
    complexity: { field: limits.listEstimate, multiplier: 1 },
    args: {
      input: t.arg({ type: InvoicePreviewInput, required: true, description: 'The invoice, as far as it is known.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { site: code, ...defaults } = await whoseOf(input, context);
      const draft = draftOf(input, siteOf(context.sites, code), context.slots, defaults);
      if (!draft.ok) throw badDraft(draft.refusal);
      return { ...previewInvoice(draft.value, siteOf(context.sites, code)), currency: draft.value.currency };
    },
  }),
);

/** The site of a draft, and what its account says. */
async function whoseOf(
  { account, site }: PreviewInput,
  { db }: Pick<Context, 'db'>,
): Promise<DraftDefaults & { readonly site: string }> {
  if (account == null) {
    if (site == null) throw badDraft([{ path: 'site', message: 'say which, or give the account' }]);
    return { site };
  }
  const row = await db.vendorAccount.findUnique({
    where: { accountId: accountIdOf(account, 'input.account') },
    select: { site: true, currency: true, taxProfile: true, paymentTerms: true },
  });
  if (row === null) throw badDraft([{ path: 'account', message: 'an account of yours' }]);
  if (site != null && site !== row.site) {
    throw badDraft([{ path: 'site', message: `leave it out, or write ${row.site}, where the account is` }]);
  }
  return {
    site: row.site,
    currency: row.currency as Currency,
    ...(row.taxProfile !== null && { profile: row.taxProfile as unknown as TaxProfile }),
    ...(row.paymentTerms !== null && { termsText: row.paymentTerms }),
  };
}

/** All that is wrong with an input at once, each by its place. */
function badDraft(problems: readonly InputProblem[]) {
  const placed = problems.map(({ path, message }) => ({ path: `input.${path}`, message }));
  const said = placed.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return refused('BAD_USER_INPUT', said, { argument: placed[0]?.path, problems: placed });
}
