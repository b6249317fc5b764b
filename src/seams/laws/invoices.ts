import fc from 'fast-check';
import { addDays, type CalendarDate, day } from '../../base/calendar-date.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import type { Currency } from '../../base/currency.ts';
import { money } from '../../base/money.ts';
import type { GoldenCase } from '../plugin.ts';
import type { Site, TaxableInvoice, TaxableLine } from '../site.ts';

/** What a site can be asked about: learnt from the site itself and from its golden cases. */
export interface Vocabulary {
  /** What is known of an invoice beside its amounts, as golden cases have it together: an ordinary one first. */
  readonly known: readonly Known[];
  readonly classes: readonly string[];
  readonly certificates: readonly TaxableInvoice['certificates'][];
  readonly currency: Currency;
  readonly taxPoints: readonly CalendarDate[];
}

interface Known {
  readonly shipTo: ShipTo;
  readonly facts: Facts;
  readonly classes: readonly string[];
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
    known: [...invoices.map(knownOf), ...countries.map((shipToCountry) => ({ shipTo: { shipToCountry }, ...nothing }))],
    classes: ['standard'],
    certificates: [[], ...invoices.map(({ certificates }) => certificates).filter(({ length }) => length > 0)],
    currency: first?.currency ?? ('USD' as Currency),
    taxPoints: distinct([asOf, ...invoices.map(({ taxPoint }) => taxPoint)]),
  };
  return { ...base, classes: distinct(['standard', ...stated, ...classesOf(site, base, asOf)]) };
}

const nothing: Omit<Known, 'shipTo'> = { facts: {}, classes: ['standard'] };

/** The most ordinary invoice there is: one standard line, delivered at home, no papers; its facts as the first golden case has them. */
export const ordinaryInvoice = (words: Vocabulary, asOf: CalendarDate, taxClass = 'standard'): TaxableInvoice => ({
  lines: [{ net: money(125_000n, words.currency), taxClass }],
  taxPoint: asOf,
  shipToCountry: 'US',
  ...words.known[0]?.shipTo,
  certificates: [],
  ...words.known[0]?.facts,
});

/**
 * Invoices of any number of lines, signs, classes, days and papers. What is known of them is as some golden case has it
 * together; or each fact is from another case, and the goods go anywhere the site has heard of, and further.
 */
export function invoicesOf(words: Vocabulary): fc.Arbitrary<TaxableInvoice> {
  const line = fc.record({
    net: fc
      .oneof(fc.bigInt(-9_999n, 9_999n), fc.bigInt(-(10n ** 15n), 10n ** 15n))
      .map((minor) => money(minor, words.currency)),
    of: fc.nat(),
  });
  const anyDay = fc.integer({ min: 0, max: 365 * 45 }).map((days) => addDays(day('1995-01-01'), days));
  return fc
    .record({
      lines: fc.array(line, { maxLength: 7 }),
      taxPoint: fc.oneof(anyDay, fc.constantFrom(...words.taxPoints)),
      certificates: fc.constantFrom(...words.certificates),
      known: fc.oneof(fc.constantFrom(...words.known), mixed(words)),
    })
    .map(({ lines, known: { shipTo, facts, classes }, ...rest }) => ({
      ...rest,
      ...shipTo,
      ...facts,
      lines: lines.map(({ net, of }): TaxableLine => ({ net, taxClass: classes[of % classes.length] ?? 'standard' })),
    }));
}

/** Where goods come from and go, who sells, who buys and how it is billed: each from a case of its own. */
const mixed = ({ known, classes }: Vocabulary): fc.Arbitrary<Known> =>
  fc.record({
    shipTo: fc.constantFrom(...known.map(({ shipTo }) => shipTo), { shipToCountry: 'ZZ' }),
    facts: fc
      .tuple(...groups.map((names) => fc.constantFrom(...known).map(({ facts }) => chosen(facts, names))))
      .map((parts): Facts => Object.assign({}, ...parts)),
    classes: fc.oneof(
      fc.constant(classes),
      fc.constantFrom(...classes).map((only) => [only]),
    ),
  });

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

const knownOf = (invoice: TaxableInvoice): Known => ({
  shipTo: { shipToCountry: invoice.shipToCountry, ...chosen<ShipTo>(invoice, ['shipToRegion']) },
  facts: chosen<Facts>(invoice, groups.flat()),
  classes: distinct(['standard', ...invoice.lines.map(({ taxClass }) => taxClass)]),
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
