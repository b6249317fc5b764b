import type fc from 'fast-check';
import { addDays, type CalendarDate, parseDay } from '../../base/calendar-date.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { type Money, negate, sum } from '../../base/money.ts';
import { isSameMonth } from '../../base/months.ts';
import type { Settlement, SettlementQuestion, SettlementRefusal } from '../../domain/payment-terms/settlement.ts';
import type { TermEvent } from '../../domain/payment-terms/terms.ts';
import type { Roll } from '../../domain/roll.ts';
import type { Site } from '../site.ts';
import { type Effort, type Finding, judgeMany, type Law, must, show } from './law.ts';
import { watchOutside } from './outside.ts';
import { settlementCases } from './settlement-cases.ts';

const laws = {
  answers: { number: 'P1', says: 'Every question is answered or refused by a known code; nothing is thrown.' },
  open: { number: 'P2', says: 'An adjusted day is one on which the site pays, unless the terms move none.' },
  roll: {
    number: 'P3',
    says: 'Following never moves a day back, preceding none forward, and the modified ones stay in its month.',
  },
  later: { number: 'P4', says: 'Dates that are all later never give an earlier day.' },
  whole: { number: 'P5', says: 'Instalments are the total, to the minor unit.' },
  mirror: { number: 'P6', says: 'The instalments and the discount of a reversal are their exact negatives.' },
  missing: { number: 'P7', says: 'A day the terms count from, and nobody has told, is refused by its name.' },
  legal: { number: 'P8', says: 'A limit set by law is reported, and moves no day.' },
  outside: {
    number: 'P9',
    says: 'The answer comes from the question alone: the same twice, no clock, no chance, no network.',
  },
} satisfies Record<string, Law>;

const refusals: ReadonlySet<string> = new Set<SettlementRefusal['code'] | 'NOT_ENOUGH_KNOWN'>([
  'YEAR_OUT_OF_RANGE',
  'TERMS_INVALID',
  'TERMS_NOT_STATED',
  'TERMS_NOT_READ',
  'TERMS_INCOMPLETE',
  'TERMS_NOT_HANDLED',
  'TERM_DATE_MISSING',
  'TERM_AMOUNT_MISSING',
  'PAYMENT_CLOCK_UNKNOWN',
  'FREIGHT_TERM_MISSING',
  'NOT_ENOUGH_KNOWN',
]);

/** The laws of when a site settles. A site without `settle` is not asked. */
export function settlementFindings(site: Site, asOf: CalendarDate, effort: Effort): Finding[] {
  const settle = site.settle?.bind(site);
  if (settle === undefined) {
    const because = 'the site does not answer settle';
    return Object.values(laws).map((law) => ({ ...law, of: site.code, verdict: 'not-asked', because }));
  }
  const cases = settlementCases(site, asOf);
  const each = <Case>(law: Law, of: fc.Arbitrary<Case>, look: (one: Case) => boolean): Finding =>
    judgeMany(site.code, law, of, look, effort);
  /** A law about answers: what is refused asks nothing. */
  const answered = (law: Law, look: (answer: Settlement, question: SettlementQuestion) => boolean): Finding =>
    each(law, cases, (question) => {
      const answer = settle(question);
      return answer.ok && look(answer.value, question);
    });

  return [
    each(laws.answers, cases, (question) => {
      const answer = settle(question);
      must(typeof answer?.ok === 'boolean', `${show(answer)} is no result`);
      if (!answer.ok) {
        must(refusals.has(answer.refusal.code), `it refuses with an unknown code: ${show(answer.refusal)}`);
        return false;
      }
      const { unadjusted, adjusted, parts } = answer.value;
      for (const at of [unadjusted, adjusted, ...parts.flatMap((part) => [part.unadjusted, part.adjusted])]) {
        must(parseDay(at) !== undefined, `${show(at)} is no day`);
      }
      return true;
    }),
    answered(laws.open, ({ parts, discount, terms }) => {
      const moved = [
        ...parts.map(({ adjusted }) => ({ adjusted, roll: terms.roll })),
        ...(discount === undefined ? [] : [{ adjusted: discount.adjusted, roll: terms.discount?.roll ?? 'none' }]),
      ].filter(({ roll }) => roll !== 'none');
      for (const { adjusted } of moved) {
        const payday = site.payday(adjusted);
        must(payday.ok && payday.value === adjusted, `${adjusted} is no day on which it pays: ${show(payday)}`);
      }
      return moved.length > 0;
    }),
    answered(laws.roll, ({ parts, terms: { roll } }) => {
      for (const { unadjusted, adjusted } of parts) {
        must(keeps(roll, unadjusted, adjusted), `${roll} moves ${unadjusted} to ${adjusted}`);
      }
      return roll !== 'none';
    }),
    answered(laws.later, (answer, question) => {
      const dates = Object.fromEntries(
        Object.entries(question.dates).map(([event, at]) => [event, addDays(at, 11)]),
      ) as SettlementQuestion['dates'];
      const later = settle({ ...question, dates });
      // Another clock, agreement or law is another rule, and may be a shorter one.
      if (!later.ok || canonicalJson(later.value.terms) !== canonicalJson(answer.terms)) return false;
      must(
        answer.unadjusted <= later.value.unadjusted,
        `dates 11 days later give ${later.value.unadjusted}, and not ${answer.unadjusted} or after`,
      );
      return true;
    }),
    answered(laws.whole, ({ parts }, { amounts }) => {
      if (amounts === undefined) return false;
      const amountsOfParts = parts.map(({ amount }) => amount);
      must(!amountsOfParts.includes(undefined), 'a part has no amount, though the total was given');
      const total = sum(amountsOfParts as Money[], amounts.total.currency);
      must(total.minor === amounts.total.minor, `the parts make ${show(total)}, and not ${show(amounts.total)}`);
      return true;
    }),
    answered(laws.mirror, (answer, question) => {
      const { amounts } = question;
      if (amounts?.freight === undefined || amounts.tax === undefined) return false;
      const { total, freight, tax } = amounts;
      const reversed = settle({
        ...question,
        amounts: { total: negate(total), freight: negate(freight), tax: negate(tax) },
      });
      must(reversed.ok, `its reversal is refused with ${show(reversed)}`);
      const minors = ({ parts, discount }: Settlement) => [...parts, discount].map((part) => part?.amount?.minor ?? 0n);
      must(
        canonicalJson(minors(reversed.value)) === canonicalJson(minors(answer).map((minor) => -minor)),
        `the reversal of ${show(minors(answer))} is ${show(minors(reversed.value))}`,
      );
      return true;
    }),
    answered(laws.missing, ({ terms: { base } }, question) => {
      const events: readonly TermEvent[] =
        base.kind === 'event' ? [base.event] : base.kind === 'later-of' ? base.events : [];
      for (const event of events) {
        const { [event]: _untold, ...dates } = question.dates;
        const answer = settle({ ...question, dates });
        must(
          !answer.ok && answer.refusal.code === 'TERM_DATE_MISSING' && answer.refusal.event === event,
          `without ${event} it is ${show(answer)}`,
        );
      }
      return events.length > 0;
    }),
    answered(laws.legal, (answer, question) => {
      const limited = settle({ ...question, agreed: { ...question.agreed, legal: { kind: 'fr-60-days' } } });
      must(limited.ok, `under a limit it is refused with ${show(limited)}`);
      const daysOf = ({ unadjusted, adjusted, parts }: Settlement) => canonicalJson([unadjusted, adjusted, parts]);
      must(daysOf(limited.value) === daysOf(answer), `a limit moves ${daysOf(answer)} to ${daysOf(limited.value)}`);
      return true;
    }),
    each(laws.outside, cases, (question) => {
      const { answer, touched } = watchOutside(() => settle(question));
      must(touched.length === 0, `it uses ${touched.join(', ')}`);
      must(canonicalJson(settle(question)) === canonicalJson(answer), 'asked again it answers otherwise');
      return answer.ok;
    }),
  ];
}

function keeps(roll: Roll, unadjusted: CalendarDate, adjusted: CalendarDate): boolean {
  switch (roll) {
    case 'none':
      return adjusted === unadjusted;
    case 'following':
      return adjusted >= unadjusted;
    case 'preceding':
      return adjusted <= unadjusted;
    default:
      return isSameMonth(adjusted, unadjusted);
  }
}
