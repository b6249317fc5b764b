import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plugins } from '../../plugins/index.ts';
import { day } from '../../src/base/calendar-date.ts';
import { eaches } from '../../src/base/eaches.ts';
import { instant } from '../../src/base/instant.ts';
import type { Fact, StatedTerms } from '../../src/domain/facts.ts';
import { installSites } from '../../src/seams/installed-sites.ts';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aStory } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let us: AccountRow;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  us = await world.account(larkfield);
  tenant = tenantOf(larkfield, [us]);
});
afterAll(() => world.close());

interface Told {
  readonly number: string;
  readonly terms?: StatedTerms;
  readonly orderedAt?: string;
  readonly freight?: 'PREPAID' | 'COLLECT';
  /** When Amazon had the invoice; left out: Amazon has not shown it. */
  readonly invoiceReceived?: string;
  readonly received?: readonly string[];
  readonly dueOn?: string;
}

/** An order of two lines, an invoice of it with terms, and receipts of ten, then one less and one more again. */
function told({
  number,
  terms,
  orderedAt = '2026-09-01T10:00:00Z',
  freight,
  invoiceReceived,
  received = [],
  dueOn,
}: Told) {
  const story = aStory({ number, orderedAt, until: 'invoiced', dueOn: '2026-12-01' });
  const progress = story.find((fact) => fact.kind === 'order-progress-stated');
  if (progress?.kind !== 'order-progress-stated') throw new Error('a story that is invoiced was received');
  const facts = story.flatMap((fact): Fact[] => {
    switch (fact.kind) {
      case 'purchase-order-stated': {
        const { shipWindow, ...order } = fact;
        if (shipWindow === undefined || freight === undefined) return [order];
        return [{ ...order, ...(freight === 'PREPAID' ? { deliveryWindow: shipWindow } : { shipWindow }) }];
      }
      case 'order-progress-stated':
        return [];
      case 'invoice-submitted':
        return [{ ...fact, ...(terms === undefined ? {} : { terms }) }];
      case 'invoice-stated': {
        const { dueOn: _dueOn, ...invoice } = fact;
        if (invoiceReceived === undefined) return [];
        const stated = {
          ...(terms === undefined ? {} : { terms }),
          ...(dueOn === undefined ? {} : { dueOn: day(dueOn) }),
        };
        return [{ ...invoice, ...stated, receivedAt: instant(invoiceReceived) }];
      }
      default:
        return [fact];
    }
  });
  const counts = received.map(
    (at, index): Fact => ({
      ...progress,
      asOf: instant(at),
      lines: progress.lines.map((line) => ({ ...line, received: eaches(index + 9), lastReceivedAt: instant(at) })),
    }),
  );
  return [...facts, ...counts];
}

const settlementOf = async (number: string, fields: string, known = {}) => {
  const answer = await ask(
    world,
    tenant,
    `query ($account: ID!, $number: String!) { invoice(account: $account, number: $number) { settlement { ${fields} } } }`,
    { account: accountRef(us), number: `INV-${number}` },
    known,
  );
  return { ...answer.data.invoice.settlement, errors: answer.errors.map(({ extensions }) => extensions) };
};

describe('what Amazon does not state is found by the terms', () => {
  beforeAll(() =>
    world.tell(
      us,
      told({
        number: '2AAAAAAA',
        terms: { text: '2% 10 NET 30' },
        freight: 'PREPAID',
        invoiceReceived: '2026-09-07T20:00:00Z',
        // Half past eleven in the evening of the 10th in Seattle.
        received: ['2026-09-06T18:00:00Z', '2026-09-11T06:30:00Z'],
      }),
    ),
  );

  test('C6 · C7 · C9 · by the later of invoice and goods, with every fact that decided it', async () => {
    const found = await settlementOf(
      '2AAAAAAA',
      `dueOn dueOnFrom payday moved byTerms {
         unadjusted adjusted termsFrom calendar explanation
         clock { since countsFrom freightTerm source } dates { event on }
         discount { percent deadline unadjusted amount { amount currency } }
         instalments { percent unadjusted adjusted amount { amount } }
         legal { verdict rule latest }
       }`,
    );
    expect(found).toMatchObject({
      errors: [],
      // The 10th and 30 days is Saturday, the 10th; Monday is Columbus Day.
      dueOn: '2026-10-10',
      dueOnFrom: 'TERMS',
      payday: '2026-10-13',
      moved: true,
      byTerms: {
        unadjusted: '2026-10-10',
        adjusted: '2026-10-13',
        termsFrom: 'DOCUMENT',
        calendar: 'US-FED 2026.1',
        clock: { since: '2025-01-01', countsFrom: ['INVOICE_RECEIVED', 'GOODS_RECEIVED'], freightTerm: 'PREPAID' },
        dates: [
          { event: 'INVOICE_DATE', on: '2026-09-06' },
          { event: 'INVOICE_RECEIVED', on: '2026-09-07' },
          { event: 'GOODS_RECEIVED', on: '2026-09-10' },
        ],
        // U2: nothing but goods are charged, so that all of it earns the discount; its day does not move.
        discount: { percent: '2', deadline: '2026-09-20', amount: { amount: '4.94', currency: 'USD' } },
        instalments: [{ percent: '100', adjusted: '2026-10-13', amount: { amount: '246.90' } }],
        legal: { verdict: 'NO_LIMIT', rule: null, latest: null },
        explanation: [
          'terms stated: 2% 10 NET 30',
          'counted since 2025-01-01 from the later of invoice-received and goods-received',
          'goods-received: 2026-09-10',
          'due 30 days: 2026-10-10, following in US-FED: 2026-10-13',
          '2 % discount until 10 days: 2026-09-20',
        ],
      },
    });
    expect(found.byTerms.clock.source).toContain('Vendor Central');
  });

  test('C6 · a later receipt gives a new day, and the one before it is kept', async () => {
    const found = await settlementOf('2AAAAAAA', 'history { since byTerms { unadjusted dates { event on } } }');
    expect(found.history.map(({ since, byTerms }: Revision) => [since, byTerms.unadjusted])).toEqual([
      ['2026-09-07T20:00:00.000Z', '2026-10-07'],
      ['2026-09-11T06:30:00.000Z', '2026-10-10'],
    ]);
    await world.tell(
      us,
      told({
        number: '2AAAAAAA',
        freight: 'PREPAID',
        received: ['2026-09-06T18:00:00Z', '2026-09-11T06:30:00Z', '2026-09-20T18:00:00Z'],
      }).filter(({ kind }) => kind === 'order-progress-stated'),
    );
    const later = await settlementOf('2AAAAAAA', 'byTerms { unadjusted } history { byTerms { unadjusted } }');
    expect(later.history.map(({ byTerms }: Revision) => byTerms.unadjusted)).toEqual([
      '2026-10-07',
      '2026-10-10',
      '2026-10-20',
    ]);
    expect(later.byTerms.unadjusted).toBe('2026-10-20');
  });
});

interface Revision {
  readonly since: string | null;
  readonly byTerms: { readonly unadjusted: string };
}

test('the rules of 2024 and 2026 give different days for the same day of invoice', async () => {
  for (const [number, year] of [
    ['2BBBBB24', '2024'],
    ['2BBBBB26', '2026'],
  ] as const) {
    await world.tell(
      us,
      told({
        number,
        orderedAt: `${year}-09-01T10:00:00Z`,
        terms: { text: 'NET30' },
        freight: 'COLLECT',
        invoiceReceived: `${year}-09-08T20:00:00Z`,
      }),
    );
  }
  const fields = 'byTerms { unadjusted clock { countsFrom } } history { since byTerms { unadjusted } }';
  expect(await settlementOf('2BBBBB24', fields)).toEqual({
    byTerms: { unadjusted: '2024-10-06', clock: { countsFrom: ['INVOICE_DATE'] } },
    history: [{ since: null, byTerms: { unadjusted: '2024-10-06' } }],
    errors: [],
  });
  expect(await settlementOf('2BBBBB26', fields)).toMatchObject({
    byTerms: { unadjusted: '2026-10-08', clock: { countsFrom: ['INVOICE_RECEIVED'] } },
    errors: [],
  });
});

test('a day that nobody has told is a reason and not a guess; the day Amazon states is shown all the same', async () => {
  const terms = { text: 'NET30' };
  await world.tell(
    us,
    told({ number: '2CCCCCC1', terms, freight: 'PREPAID', invoiceReceived: '2026-09-07T20:00:00Z' }),
  );
  await world.tell(
    us,
    told({
      number: '2CCCCCC2',
      terms,
      freight: 'PREPAID',
      invoiceReceived: '2026-09-07T20:00:00Z',
      dueOn: '2026-10-05',
    }),
  );
  await world.tell(
    us,
    told({ number: '2CCCCCC3', terms, invoiceReceived: '2026-09-07T20:00:00Z', dueOn: '2026-10-05' }),
  );

  const refused = await ask(
    world,
    tenant,
    'query ($account: ID!) { invoice(account: $account, number: "INV-2CCCCCC1") { settlement { payday } } }',
    { account: accountRef(us) },
  );
  expect(refused.data.invoice).toEqual({ settlement: null });
  expect(refused.errors.map(({ extensions }) => extensions)).toEqual([
    { code: 'TERM_DATE_MISSING', event: 'goods-received' },
  ]);
  const fields = 'dueOn dueOnFrom payday byTerms { unadjusted } history { since }';
  const stated = { dueOn: '2026-10-05', dueOnFrom: 'AMAZON', payday: '2026-10-05', byTerms: null, history: [] };
  expect(await settlementOf('2CCCCCC2', fields)).toEqual({
    ...stated,
    errors: [{ code: 'TERM_DATE_MISSING', event: 'goods-received' }],
  });
  expect(await settlementOf('2CCCCCC3', fields)).toEqual({
    ...stated,
    errors: [{ code: 'FREIGHT_TERM_MISSING', on: '2026-09-06' }],
  });
});

test('U2 · a discount without freight says that nobody told the freight, and the days are there', async () => {
  const facts = told({
    number: '2DDDDDDD',
    terms: { text: '2% 10 NET 30' },
    freight: 'COLLECT',
    invoiceReceived: '2026-09-07T20:00:00Z',
  }).map((fact) =>
    fact.kind === 'invoice-submitted' || fact.kind === 'invoice-stated'
      ? { ...fact, total: { ...fact.total, minor: fact.total.minor + 5_000n } }
      : fact,
  );
  await world.tell(us, facts);
  const found = await settlementOf('2DDDDDDD', 'byTerms { adjusted discount { deadline amount { amount } } }');
  expect(found).toEqual({
    byTerms: { adjusted: '2026-10-07', discount: { deadline: '2026-09-17', amount: null } },
    errors: [{ code: 'TERM_AMOUNT_MISSING', amount: 'freight' }],
  });
});

test('an operator’s agreement counts before what the document states, and the version tells', async () => {
  const plain = plugins.flatMap(({ sites = [] }) => sites).find(({ code }) => code === 'US');
  const tabled = plain?.withTables?.({
    agreements: [
      {
        vendorCode: 'LARK1',
        since: day('2026-01-01'),
        source: 'Vendor terms of 2026',
        terms: {
          base: { kind: 'event', event: 'invoice-date' },
          parts: [{ percent: '100' as never, offset: { kind: 'proximo', day: 10, monthsLater: 1, cutOff: 25 } }],
          roll: 'following',
        },
      },
    ],
  });
  if (tabled?.ok !== true) throw new Error('the rows fit');
  const fields = 'byTerms { unadjusted adjusted termsFrom version clock { since } }';
  const [before, after] = [
    await settlementOf('2BBBBB26', fields),
    await settlementOf('2BBBBB26', fields, { sites: installSites([tabled.value]) }),
  ];
  expect(after.byTerms).toMatchObject({
    unadjusted: '2026-10-10',
    adjusted: '2026-10-13',
    termsFrom: 'AGREEMENT',
    clock: null,
  });
  expect(after.byTerms.version).not.toBe(before.byTerms.version);
});
