import { expect, test } from 'vitest';
import gb from '../../examples/plugin-gb/index.ts';
import { addDays, day } from '../../src/base/calendar-date.ts';
import { money } from '../../src/base/money.ts';
import { no, yes } from '../../src/base/result.ts';
import type { Settlement, SettlementQuestion } from '../../src/domain/payment-terms/index.ts';
import { settlementFindings } from '../../src/seams/laws/settlement.ts';
import type { Site } from '../../src/seams/site.ts';

const [good] = gb.sites ?? [];
if (good?.settle === undefined) throw new Error('Great Britain settles');
const { settle } = good;
const effort = { runs: 100, seed: 7 };

/** The settlement of a good site, changed. */
const changed = (change: (answer: Settlement, question: SettlementQuestion) => Settlement): Partial<Site> => ({
  settle: (question) => {
    const answer = settle(question);
    return answer.ok ? yes(change(answer.value, question)) : answer;
  },
});

const ways: readonly (readonly [law: string, what: string, change: Partial<Site>])[] = [
  ['P1', 'a refusal of its own', { settle: () => no({ code: 'TOO_HARD' as 'TERMS_NOT_STATED' }) }],
  [
    'P1',
    'a throw',
    {
      settle: () => {
        throw new TypeError('clock is undefined');
      },
    },
  ],
  [
    'P2',
    'a roll that lands on a closed day',
    changed((answer) => ({
      ...answer,
      parts: answer.parts.map((part) => ({ ...part, adjusted: day('2026-12-25') })),
    })),
  ],
  [
    'P3',
    'a roll that goes back',
    changed((answer) => ({
      ...answer,
      parts: answer.parts.map((part) => ({ ...part, adjusted: addDays(part.unadjusted, -1) })),
    })),
  ],
  [
    'P4',
    'an earlier day for later dates',
    changed((answer, { dates }) => ({
      ...answer,
      unadjusted: addDays(answer.unadjusted, (dates['invoice-date'] ?? '') > '2026-09-01' ? -200 : 0),
    })),
  ],
  [
    'P5',
    'a minor unit lost between instalments',
    changed((answer) => ({
      ...answer,
      parts: answer.parts.map((part, at) =>
        at === 1 && part.amount !== undefined
          ? { ...part, amount: money(part.amount.minor - 1n, part.amount.currency) }
          : part,
      ),
    })),
  ],
  [
    'P6',
    'a discount rounded up, whichever way the money goes',
    changed((answer) =>
      answer.discount?.amount === undefined
        ? answer
        : {
            ...answer,
            discount: {
              ...answer.discount,
              amount: money(answer.discount.amount.minor + 1n, answer.discount.amount.currency),
            },
          },
    ),
  ],
  [
    'P7',
    'a receipt taken for granted',
    {
      settle: (question) => {
        const { 'invoice-date': issued } = question.dates;
        return settle({
          ...question,
          dates: issued === undefined ? question.dates : { 'goods-received': issued, ...question.dates },
        });
      },
    },
  ],
  [
    'P8',
    'paying early because a limit says so',
    changed((answer) => (answer.legal.verdict === 'exceeds' ? { ...answer, adjusted: answer.legal.latest } : answer)),
  ],
  ['P9', 'today’s clock', changed((answer) => (Date.now() > 0 ? answer : { ...answer, explanation: [] }))],
];

test.each(ways)('%s catches %s', (law, _what, change) => {
  const findings = settlementFindings({ ...good, ...change }, day('2026-11-23'), effort);
  const found = findings.find(({ number }) => number === law);
  expect(found).toMatchObject({ verdict: 'broken', of: 'GB' });
  expect(found?.because?.length).toBeGreaterThan(20);
});

test('every law of settlements is broken by something above, and kept by Great Britain', () => {
  const findings = settlementFindings(good, day('2026-11-23'), effort);
  expect([...new Set(ways.map(([law]) => law))]).toEqual(findings.map(({ number }) => number));
  expect(findings.filter(({ verdict }) => verdict !== 'kept')).toEqual([]);
});

test('a site that does not settle is not asked, and says so', () => {
  const { settle: _settle, ...silent } = good;
  const verdicts = settlementFindings(silent, day('2026-11-23'), effort).map(({ verdict }) => verdict);
  expect(new Set(verdicts)).toEqual(new Set(['not-asked']));
});
