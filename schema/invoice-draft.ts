import { type Currency, minorDigits } from '../src/base/currency.ts';
import { compareDecimals, type Decimal, decimal, isNegative } from '../src/base/decimal.ts';
import { extend, type Money, parseMoney } from '../src/base/money.ts';
import { no, type Result, yes } from '../src/base/result.ts';
import type { StatedTerms } from '../src/domain/facts.ts';
import type { TermDates } from '../src/domain/payment-terms/terms.ts';
import type { DraftLine, InvoiceDraft } from '../src/seams/preview/draft.ts';
import type { Certificate, Site, TaxRegistration } from '../src/seams/site.ts';
import type { FilledSlots } from '../src/seams/slots.ts';
import type { TaxProfile } from '../src/seams/tax-profile.ts';
import type { InvoicePreviewInput } from './invoice-preview-input.ts';

export type PreviewInput = typeof InvoicePreviewInput.$inferInput;

/** Something in the input that cannot be meant, by its place in it: `lines[2].net`. */
export interface InputProblem {
  readonly path: string;
  /** What to write there. */
  readonly message: string;
}

/** What an account says where the input does not. */
export interface DraftDefaults {
  readonly currency?: Currency;
  readonly profile?: TaxProfile;
  readonly termsText?: string;
}

const mostLines = 1000;
const greatestDays = 3650;

/** The draft that an input describes, or everything in it that cannot be meant, each by its place. */
export function draftOf(
  input: PreviewInput,
  site: Site,
  slots: FilledSlots,
  { currency: ofAccount, profile: kept, termsText }: DraftDefaults = {},
): Result<InvoiceDraft, readonly InputProblem[]> {
  const problems: InputProblem[] = [];
  const wrong = (path: string, message: string) => problems.push({ path, message });
  const currency = input.currency ?? ofAccount ?? onlyCurrencyOf(site);
  if (currency === undefined) {
    return no([{ path: 'currency', message: 'say which: the stores of the site buy in several' }]);
  }

  checkPlaces(input, wrong);
  checkTerms(input.terms, wrong);
  const given = [
    ...dated('supplier.registrations', input.supplier?.registrations),
    ...dated('certificates', input.certificates),
  ];
  for (const { path, validFrom, validUntil } of given) {
    if (validFrom && validUntil && validUntil < validFrom)
      wrong(`${path}.validUntil`, 'a last day that is not before the first');
  }
  if (input.taxCurrency && compareDecimals(input.taxCurrency.rate, decimal('0')) <= 0) {
    wrong('taxCurrency.rate', 'a rate above nothing');
  }
  if (input.lines.length < 1 || input.lines.length > mostLines) wrong('lines', `1 to ${mostLines} lines`);
  const lines = input.lines.flatMap((line, at) => {
    const amount = amountOf(line, currency, (member, message) => wrong(`lines[${at}]${member}`, message));
    return amount === undefined ? [] : [draftLine(line, amount, { site, slots, currency })];
  });
  const [first, ...others] = lines;
  if (problems.length > 0 || first === undefined) return no(problems);

  const profile = profileOf(input, kept);
  const terms = input.terms ? statedTerms(input.terms) : termsText === undefined ? undefined : { text: termsText };
  return yes({
    kind: input.document === 'CREDIT_NOTE' ? 'credit-note' : 'invoice',
    ...told({
      number: input.number,
      issuedOn: input.issuedOn,
      suppliedOn: input.suppliedOn,
      importer: input.importer,
      vendorCode: input.vendorCode,
      freightTerm: input.freightTerm,
    }),
    currency,
    ...(input.supplier && { supplier: told({ name: input.supplier.name, address: input.supplier.address }) }),
    ...(input.buyer && { buyer: told(input.buyer) }),
    ...(profile !== undefined && { profile }),
    ...(input.shipFrom && { shipFrom: placeOf(input.shipFrom) }),
    ...shipTo(input, site),
    ...(input.taxCurrency && { taxCurrency: input.taxCurrency }),
    ...(terms !== undefined && { terms }),
    ...(input.dates && { dates: termDates(input.dates) }),
    lines: [first, ...others],
  });
}

type Wrong = (path: string, message: string) => unknown;
type LineInput = PreviewInput['lines'][number];

/** What the line charges: as it says, or its quantity at its unit cost. */
function amountOf({ net, quantity, unitCost }: LineInput, currency: Currency, wrong: Wrong): Money | undefined {
  if (net != null) {
    const read = parseMoney(net, currency);
    if (read.ok) return read.value;
    wrong('.net', `at most ${minorDigits(currency)} digits after the point in ${currency}`);
    return undefined;
  }
  if (quantity != null && unitCost != null) return extend(quantity, { cost: unitCost, currency });
  wrong('', 'net, or quantity and unitCost');
  return undefined;
}

function draftLine(
  { description, orderNumber, asin, vendorSku, quantity, unitCost, taxClass, freight }: LineInput,
  amount: Money,
  { site, slots, currency }: { readonly site: Site; readonly slots: FilledSlots; readonly currency: Currency },
): DraftLine {
  const named = told({ asin, vendorSku, description });
  return {
    ...told({ description, orderNumber, quantity }),
    ...(unitCost != null && { unitCost: { cost: unitCost, currency } }),
    amount,
    taxClass: taxClass ?? slots.productClass(site.code, named) ?? 'standard',
    freight: freight ?? false,
  };
}

function checkPlaces({ shipFrom, shipTo, supplier }: PreviewInput, wrong: Wrong): void {
  const countries = {
    'shipFrom.country': shipFrom?.country,
    'shipTo.country': shipTo?.country,
    'supplier.establishedIn': supplier?.establishedIn,
  };
  for (const [path, country] of Object.entries(countries)) {
    if (country != null && !/^[A-Z]{2}$/.test(country)) wrong(path, 'a country by two capital letters, such as "DE"');
  }
}

function checkTerms(terms: PreviewInput['terms'], wrong: Wrong): void {
  for (const name of ['netDueDays', 'discountDueDays'] as const) {
    const days = terms?.[name];
    if (days != null && (days < 0 || days > greatestDays)) wrong(`terms.${name}`, `0 to ${greatestDays} days`);
  }
  const percent = terms?.discountPercent;
  if (percent != null && (isNegative(percent) || compareDecimals(percent, '100' as Decimal) > 0)) {
    wrong('terms.discountPercent', 'per cent, from 0 to 100');
  }
}

/** What the input says before what is kept of the account. */
function profileOf(
  { supplier, certificates, priceBasis, rounding }: PreviewInput,
  kept: TaxProfile | undefined,
): Partial<TaxProfile> | undefined {
  const said: Partial<TaxProfile> = {
    ...told({ establishedIn: supplier?.establishedIn, priceBasis, rounding }),
    ...(supplier?.registrations && {
      registrations: supplier.registrations.map((one) => told(one) as TaxRegistration),
    }),
    ...(certificates && { certificates: certificates.map((one) => told(one) as Certificate) }),
  };
  const profile = { ...kept, ...said };
  return Object.keys(profile).length === 0 ? undefined : profile;
}

/** A site whose stores are all in one country delivers there, unless something else is said. */
function shipTo({ shipTo: said }: PreviewInput, { marketplaces }: Site): Pick<InvoiceDraft, 'shipTo'> {
  if (said) return { shipTo: placeOf(said) };
  const [only, ...others] = new Set(marketplaces.map(({ country }) => country));
  return only === undefined || others.length > 0 ? {} : { shipTo: { country: only } };
}

function onlyCurrencyOf({ marketplaces }: Site): Currency | undefined {
  const [only, ...others] = new Set(marketplaces.map(({ currency }) => currency));
  return others.length === 0 ? only : undefined;
}

const placeOf = ({ country, region }: { country: string; region?: string | null | undefined }) => ({
  country,
  ...told({ region }),
});

const statedTerms = ({ text, ...numbers }: NonNullable<PreviewInput['terms']>): StatedTerms => ({
  text,
  ...told(numbers),
});

const termDates = (dates: NonNullable<PreviewInput['dates']>): TermDates =>
  told({
    'invoice-received': dates.invoiceReceived,
    'invoice-transmitted': dates.invoiceTransmitted,
    'goods-received': dates.goodsReceived,
    delivered: dates.delivered,
    shipped: dates.shipped,
    ordered: dates.ordered,
  });

const dated = <One>(list: string, entries: readonly One[] | null | undefined): (One & { readonly path: string })[] =>
  (entries ?? []).map((entry, at) => ({ ...entry, path: `${list}[${at}]` }));

type Told<Members> = { -readonly [Member in keyof Members]?: NonNullable<Members[Member]> };

/** The members that say something: GraphQL knows both "left out" and null, and both say nothing. */
const told = <Members extends object>(members: Members): Told<Members> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value != null)) as Told<Members>;
