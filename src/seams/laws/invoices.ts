import fc from 'fast-check';
import { addDays, type CalendarDate, day } from '../../base/calendar-date.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { Currency } from '../../base/currency.ts';
import { money } from '../../base/money.ts';
import type { GoldenCase } from '../plugin.ts';
import type { Site, TaxableInvoice, TaxableLine } from '../site.ts';

/** What a site can be asked about: learnt from the site itself and from its golden cases. */
export interface Vocabulary {
  /** Where its goods go: at home first. */
  readonly shipTo: readonly ShipTo[];
  readonly classes: readonly string[];
  readonly certificates: readonly TaxableInvoice['certificates'][];
  readonly currency: Currency;
  /** What is known beside the goods, as its golden cases have it together: that of an ordinary invoice first. */
  readonly facts: readonly Facts[];
  readonly taxPoints: readonly CalendarDate[];
}

type ShipTo = Pick<TaxableInvoice, 'shipToCountry' | 'shipToRegion'>;
type Facts = Omit<TaxableInvoice, 'lines' | 'taxPoint' | 'certificates' | 'priceBasis' | keyof ShipTo>;

/** A class nobody has a rate for. */
export const unheardOf = 'no-such-class';

/** The words of a site: its own golden cases name places and classes, and its refusal of an unknown class names the rest. */
export function vocabularyOf(site: Site, golden: readonly GoldenCase[], asOf: CalendarDate): Vocabulary {
  const [first] = site.marketplaces;
  const countries = site.marketplaces.map(({ country }) => country);
  const cases = golden.filter((one) => one.rule === 'tax' && one.site === site.code);
  const atHome = ({ input }: GoldenCase) => countries.includes((input as TaxableInvoice).shipToCountry);
  const invoices = [...cases.filter(atHome), ...cases.filter((one) => !atHome(one))].map(invoiceOf);
  const stated = cases
    .filter(({ answer }) => isYes(answer))
    .flatMap((one) => invoiceOf(one).lines.map(({ taxClass }) => taxClass));
  const base: Vocabulary = {
    shipTo: distinct([...invoices.map(shipToOf), ...countries.map((shipToCountry) => ({ shipToCountry }))]),
    classes: ['standard'],
    certificates: [[], ...invoices.map(({ certificates }) => certificates).filter(({ length }) => length > 0)],
    currency: first?.currency ?? ('USD' as Currency),
    facts: invoices.length === 0 ? [{}] : invoices.map(factsOf),
    taxPoints: distinct([asOf, ...invoices.map(({ taxPoint }) => taxPoint)]),
  };
  return {
    ...base,
    classes: distinct(['standard', ...stated, ...classesOf(site, base, asOf)]),
  };
}

/** The most ordinary invoice there is: one standard line, delivered at home, no papers; its facts as the first golden case has them. */
export const ordinaryInvoice = (words: Vocabulary, asOf: CalendarDate, taxClass = 'standard'): TaxableInvoice => ({
  lines: [{ net: money(125_000n, words.currency), taxClass }],
  taxPoint: asOf,
  shipToCountry: 'US',
  ...words.shipTo[0],
  certificates: [],
  ...words.facts[0],
});

/**
 * Invoices of any number of lines, signs, classes, days and papers, sent anywhere the site has heard of and further;
 * what is known of them as some golden case has it together, or each fact from another one.
 */
export function invoicesOf(words: Vocabulary): fc.Arbitrary<TaxableInvoice> {
  const line: fc.Arbitrary<TaxableLine> = fc.record({
    net: fc
      .oneof(fc.bigInt(-9_999n, 9_999n), fc.bigInt(-(10n ** 15n), 10n ** 15n))
      .map((minor) => money(minor, words.currency)),
    taxClass: fc.constantFrom(...words.classes),
  });
  const anyDay = fc.integer({ min: 0, max: 365 * 45 }).map((days) => addDays(day('1995-01-01'), days));
  return fc
    .record({
      lines: fc.array(line, { maxLength: 7 }),
      taxPoint: fc.oneof(anyDay, fc.constantFrom(...words.taxPoints)),
      shipTo: fc.constantFrom(...words.shipTo, { shipToCountry: 'ZZ' }),
      certificates: fc.constantFrom(...words.certificates),
      facts: fc.oneof(fc.constantFrom(...words.facts), mixed(words.facts)),
    })
    .map(({ shipTo, facts, ...rest }) => ({ ...rest, ...shipTo, ...facts }));
}

/** Where goods come from, who sells, who buys and how it is billed: each from a case of its own. */
const mixed = (facts: readonly Facts[]): fc.Arbitrary<Facts> =>
  fc
    .tuple(...groups.map((names) => fc.constantFrom(...facts).map((from) => chosen(from, names))))
    .map((parts): Facts => Object.assign({}, ...parts));

/** Facts that mean something only together. */
const groups: readonly (readonly (keyof Facts)[])[] = [
  ['shipFromCountry', 'shipFromRegion'],
  ['supplier'],
  ['buyerTaxId'],
  ['importer'],
  ['kind', 'issuer', 'rounding'],
  ['taxCurrency'],
];

const chosen = <Of extends object>(from: Of, names: readonly (keyof Of)[]): Partial<Of> =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Partial<Of>;

const factsOf = (invoice: TaxableInvoice): Facts => chosen<Facts>(invoice, groups.flat());
const shipToOf = (invoice: TaxableInvoice): ShipTo => ({
  shipToCountry: invoice.shipToCountry,
  ...chosen<ShipTo>(invoice, ['shipToRegion']),
});
const distinct = <Value>(values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [canonicalJson(value), value])).values(),
];

function classesOf(site: Site, words: Vocabulary, asOf: CalendarDate): readonly string[] {
  try {
    const answer = site.tax(ordinaryInvoice(words, asOf, unheardOf));
    return !answer.ok && answer.refusal.code === 'TAX_CLASS_UNKNOWN' ? answer.refusal.known : [];
  } catch {
    // Throwing is told by the first law of tax; here it only means that nothing is learnt.
    return [];
  }
}

const isYes = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
const invoiceOf = ({ input }: GoldenCase): TaxableInvoice => input as TaxableInvoice;
