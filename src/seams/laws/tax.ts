import fc from 'fast-check';
import { type CalendarDate, day } from '../../base/calendar-date.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { add, money, negate, sum } from '../../base/money.ts';
import type { GoldenCase } from '../plugin.ts';
import type { Site, TaxAnswer, TaxableInvoice, TaxLine } from '../site.ts';
import { invoicesOf, ordinaryInvoice, unheardOf, vocabularyOf } from './invoices.ts';
import { type Effort, type Finding, judge, judgeMany, type Law, must, show } from './law.ts';
import { deepFreeze, watchOutside } from './outside.ts';
import { mustBeTaxResult } from './tax-shape.ts';

const laws = {
  answers: {
    number: 'S2',
    says: 'Any invoice is answered with a whole answer, or refused with a code; nothing is thrown, nothing handed in is changed.',
  },
  ordinary: { number: 'S3', says: 'An ordinary invoice of today is answered.' },
  same: { number: 'S4', says: 'The same invoice has the same answer.' },
  order: { number: 'S5', says: 'The order of the lines makes no difference.' },
  outside: { number: 'S6', says: 'The answer comes from the invoice alone: no clock, no chance, no network.' },
  basis: {
    number: 'S7',
    says: 'A base is the sum of the lines it taxes, and lines of different classes do not touch each other.',
  },
  once: { number: 'S8', says: 'Tax is rounded once per rule and rate: a line split in two bears the same tax.' },
  exact: { number: 'S9', says: 'A tax is its base times its rate, to less than one minor unit.' },
  mirror: { number: 'S10', says: 'A reversal is the exact negative.' },
  silence: {
    number: 'S11',
    says: 'No tax is never silent: a rate of zero, a warning or a sentence of the law says so.',
  },
  unknown: { number: 'S12', says: 'A class nobody knows is refused or warned about, never given a rate.' },
  birthday: { number: 'S13', says: 'Rates have birthdays: a day before all of them is refused, not guessed.' },
  trace: { number: 'S20', says: 'A trace is whole: what is not among its facts can be left out, and nothing changes.' },
  reasons: { number: 'S21', says: 'What is free of tax says why, as a code and in words; what is taxed does not.' },
  lines: { number: 'S22', says: 'What each line bears adds up: a base is the sum of the lines that bear its tax.' },
} satisfies Record<string, Law>;

/** The laws of a site's tax rule. @param asOf a day on which the site is in business: today */
export function taxFindings(site: Site, golden: readonly GoldenCase[], asOf: CalendarDate, effort: Effort): Finding[] {
  const words = vocabularyOf(site, golden, asOf);
  const ordinary = ordinaryInvoice(words, asOf);
  const unanswered = whyUnanswered(site, ordinary);
  if (unanswered !== undefined) {
    return Object.values(laws).map((law) => ({ ...law, of: site.code, verdict: 'not-asked', because: unanswered }));
  }
  const invoices = invoicesOf(words);
  const many = (law: Law, look: (invoice: TaxableInvoice, answer: TaxAnswer) => void): Finding =>
    judgeMany(
      site.code,
      law,
      invoices,
      (invoice) => {
        const answer = answerOf(site, invoice);
        if (answer !== undefined) look(invoice, answer);
        return answer !== undefined;
      },
      effort,
    );

  return [
    many(laws.answers, () => {}),
    judge(site.code, laws.ordinary, () => {
      const answer = site.tax(ordinary);
      must(answer.ok, `${show(ordinary)} is refused with ${show(answer.ok ? undefined : answer.refusal)}`);
      return undefined;
    }),
    many(laws.same, (invoice, answer) => {
      const again = site.tax(structuredClone(invoice));
      must(
        again.ok && canonicalJson(again.value) === canonicalJson(answer),
        `first ${show(answer)}, then ${show(again)}`,
      );
    }),
    judgeMany(
      site.code,
      laws.order,
      invoices.chain((invoice) =>
        fc.tuple(fc.constant(invoice), fc.shuffledSubarray([...invoice.lines], { minLength: invoice.lines.length })),
      ),
      ([invoice, lines]) => {
        const [answer, other] = [answerOf(site, invoice), answerOf(site, { ...invoice, lines })];
        must(sorted(answer) === sorted(other), `${show(answer)} becomes ${show(other)}`);
        return answer !== undefined;
      },
      effort,
    ),
    many(laws.outside, (invoice) => {
      const { touched } = watchOutside(() => site.tax(invoice));
      must(touched.length === 0, `it uses ${touched.join(', ')}`);
    }),
    many(laws.basis, (invoice, answer) => baseIsTheSumOfItsLines(site, invoice, answer)),
    many(laws.once, (invoice, answer) => {
      const [first, ...rest] = invoice.lines;
      if (first === undefined) return;
      const part = money(first.net.minor / 3n, first.net.currency);
      const halves = [part, add(first.net, negate(part))].map((net) => ({ ...first, net }));
      const split = answerOf(site, { ...invoice, lines: [...halves, ...rest] });
      must(sorted(split) === sorted(answer), `${show(answer)} becomes ${show(split)} when the first line is split`);
    }),
    many(laws.exact, (_invoice, { taxes }) => taxes.forEach(mustBeExact)),
    many(laws.mirror, (invoice, answer) => {
      const lines = invoice.lines.map((line) => ({ ...line, net: negate(line.net) }));
      const reversed = answerOf(site, { ...invoice, lines });
      const mirrored = answer.taxes.map(mirror);
      must(
        sortedTaxes(reversed?.taxes) === sortedTaxes(mirrored),
        `${show(answer.taxes)} is reversed by ${show(reversed?.taxes)}`,
      );
    }),
    many(laws.silence, (invoice) => {
      for (const { taxClass, net } of invoice.lines) {
        const alone = answerOf(site, { ...invoice, lines: [{ taxClass, net }], certificates: [] });
        if (alone === undefined || net.minor === 0n) continue;
        must(
          alone.taxes.length + alone.warnings.length + (alone.notes?.length ?? 0) > 0,
          `"${taxClass}" bears no tax, and neither a rate of zero nor a warning nor a sentence says so`,
        );
      }
    }),
    judge(site.code, laws.unknown, () => {
      const answer = answerOf(site, ordinaryInvoice(words, asOf, unheardOf));
      must(
        answer === undefined || answer.taxes.length === 0 || answer.warnings.length > 0,
        `the class "${unheardOf}" is taxed as if it were known: ${show(answer)}`,
      );
      return undefined;
    }),
    judge(site.code, laws.birthday, () => {
      const answer = answerOf(site, { ...ordinary, taxPoint: longAgo });
      must(answer === undefined || answer.taxes.length === 0, `in the year 1500 it answers ${show(answer)}`);
      return undefined;
    }),
    many(laws.trace, (invoice, answer) => traceIsWhole(site, invoice, answer)),
    many(laws.reasons, (_invoice, { taxes }) => taxes.forEach(mustGiveItsReason)),
    many(laws.lines, linesAddUp),
  ];
}

/** The site says itself that it does not answer this yet: the laws wait. */
function whyUnanswered(site: Site, ordinary: TaxableInvoice): string | undefined {
  try {
    const answer = site.tax(ordinary);
    return !answer.ok && answer.refusal.code === 'NOT_ANSWERED_YET'
      ? `the site answers NOT_ANSWERED_YET for ${answer.refusal.question}`
      : undefined;
  } catch {
    return undefined;
  }
}

/** The answer, or nothing when it is refused. What is neither breaks the law. */
function answerOf(site: Site, invoice: TaxableInvoice): TaxAnswer | undefined {
  const result = site.tax(deepFreeze(structuredClone(invoice)));
  mustBeTaxResult(result, invoice.lines[0]?.net.currency);
  return result.ok ? result.value : undefined;
}

/** Each class alone has bases that are the sum of its lines; together, the bases of equal rule and rate add up. */
function baseIsTheSumOfItsLines(site: Site, invoice: TaxableInvoice, answer: TaxAnswer): void {
  const classes = [...new Set(invoice.lines.map(({ taxClass }) => taxClass))];
  const expected = new Map<string, bigint>();
  for (const taxClass of classes) {
    const lines = invoice.lines.filter((line) => line.taxClass === taxClass);
    const [first] = lines;
    const alone = answerOf(site, { ...invoice, lines });
    if (alone === undefined || first === undefined) continue;
    const net = sum(
      lines.map((line) => line.net),
      first.net.currency,
    );
    for (const tax of alone.taxes) {
      must(
        tax.base.minor === net.minor,
        `lines of "${taxClass}" are worth ${net.minor}, and their base is ${tax.base.minor}`,
      );
      expected.set(keyOf(tax), (expected.get(keyOf(tax)) ?? 0n) + tax.base.minor);
    }
  }
  const found = new Map(answer.taxes.map((tax) => [keyOf(tax), tax.base.minor]));
  must(found.size === answer.taxes.length, `a rule and rate stand twice in ${show(answer.taxes)}`);
  for (const key of new Set([...expected.keys(), ...found.keys()])) {
    const [together, apart] = [found.get(key) ?? 0n, expected.get(key) ?? 0n];
    must(together === apart, `the base of ${key} is ${together}, and its classes alone add up to ${apart}`);
  }
}

/** A site that gives no facts promises nothing about them. */
function traceIsWhole(site: Site, invoice: TaxableInvoice, answer: TaxAnswer): void {
  if (answer.facts === undefined) return;
  const named = new Set<string>(answer.facts.map(({ name }) => name));
  must(named.size === answer.facts.length, `a fact stands twice in ${show(answer.facts)}`);
  const nothing: Partial<TaxableInvoice> = { taxPoint: longAgo, shipToCountry: 'ZZ', certificates: [] };
  for (const name of Object.keys(invoice) as (keyof TaxableInvoice)[]) {
    if (name === 'lines' || named.has(name)) continue;
    const { [name]: _left, ...rest } = invoice;
    const other = answerOf(site, { ...nothing, ...rest } as TaxableInvoice);
    must(
      canonicalJson(other) === canonicalJson(answer),
      `"${name}" is not among its facts, and without it ${show(answer)} becomes ${show(other)}`,
    );
  }
}

/** By category, where the site says one: what is zero-rated is taxed, at nothing. */
function mustGiveItsReason({ rule, rate, category, exemption }: TaxLine): void {
  if (category === undefined) return;
  const free = ['E', 'AE', 'K', 'G', 'O'].includes(category);
  must(free === (exemption !== undefined), `${rule} is of category ${category}, and its reason is ${show(exemption)}`);
  must(!free || rate === '0', `${rule} is of category ${category}, and has the rate ${rate}`);
}

function linesAddUp({ lines }: TaxableInvoice, { lines: borne, taxes }: TaxAnswer): void {
  if (borne === undefined) return;
  must(borne.length === lines.length, `${lines.length} lines are asked about, and ${borne.length} answered`);
  const bases = new Map<string, bigint>();
  for (const [at, line] of lines.entries()) {
    for (const tax of borne[at] ?? []) {
      const key = `${tax.category} ${keyOf(tax)}`;
      bases.set(key, (bases.get(key) ?? 0n) + line.net.minor);
    }
  }
  const stated = new Map(taxes.map((tax) => [`${tax.category} ${keyOf(tax)}`, tax.base.minor]));
  must(
    canonicalJson(Object.fromEntries(stated)) === canonicalJson(Object.fromEntries(bases)),
    `its lines bear ${show(Object.fromEntries(bases))}, and its bases are ${show(Object.fromEntries(stated))}`,
  );
}

/** The exact negative of a tax, in the currency of the state as well. */
const mirror = (line: TaxLine): TaxLine => {
  const { base, tax, inTaxCurrency: stated } = line;
  return {
    ...line,
    base: negate(base),
    tax: negate(tax),
    ...(stated && { inTaxCurrency: { ...stated, base: negate(stated.base), tax: negate(stated.tax) } }),
  };
};

/** Whole numbers only: tax × 100 × 10^d against base × rate's digits. */
function mustBeExact({ base, rate, tax }: TaxLine): void {
  const [whole = '0', fraction = ''] = rate.split('.');
  const scale = 100n * 10n ** BigInt(fraction.length);
  const off = tax.minor * scale - base.minor * BigInt(whole + fraction);
  must(off < scale && -off < scale, `${rate} % of ${base.minor} is not ${tax.minor}`);
}

const longAgo = day('1500-01-01');
const keyOf = ({ rule, rate }: Pick<TaxLine, 'rule' | 'rate'>) => `${rule} at ${rate} %`;
const sortedTaxes = (taxes: readonly TaxLine[] | undefined) =>
  taxes
    ?.map((tax) => canonicalJson(tax))
    .sort()
    .join();
const sorted = (answer: TaxAnswer | undefined) =>
  answer &&
  `${answer.rule} ${sortedTaxes(answer.taxes)} ${answer.warnings.map((warning) => canonicalJson(warning)).sort()}`;
