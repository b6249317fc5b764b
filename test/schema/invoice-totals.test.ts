import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { published } from './support/rates.ts';
import { aStory } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let us: AccountRow;
let tenant: Tenant;
let stranger: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const [larkfield, hawthorn] = [await world.organisation('Larkfield'), await world.organisation('Hawthorn')];
  us = await world.account(larkfield);
  const store = (site: string, currency: string) =>
    world.account(larkfield, { name: `Larkfield ${site}`, site, currency: currency as AccountRow['currency'] });
  const [jp, eu] = [await store('JP', 'JPY'), await store('EU', 'EUR')];
  const other = await world.account(hawthorn);
  tenant = tenantOf(larkfield, [us, jp, eu]);
  stranger = tenantOf(hawthorn, [other]);
  await published(world, '2026-11-20', { USD: '1.1532', JPY: '171.35' });
  // Two lines of ten each.
  await world.tell(us, aStory({ number: '1AAAAAAA', until: 'invoiced', unitCost: '12.34' }));
  await world.tell(us, aStory({ number: '1BBBBBBB', until: 'invoiced', unitCost: '0.05' }));
  await world.tell(us, aStory({ number: '1CCCCCCC', until: 'paid', unitCost: '1.00' }));
  await world.tell(jp, aStory({ number: '1JJJJJJJ', until: 'invoiced', currency: 'JPY', unitCost: '1234' }));
  await world.tell(eu, aStory({ number: '1EEEEEEE', until: 'invoiced', currency: 'EUR', unitCost: '7' }));
  await world.tell(other, aStory({ number: '1OOOOOOO', until: 'invoiced', unitCost: '999' }));
});
afterAll(() => world.close());

const open = '{ sums { currency document documents total { amount } money { open { amount } } } }';
const inCurrency = (currency: string, on = '2026-11-22') =>
  `{ consolidated(of: OPEN, in: "${currency}", on: "${on}") {
       amount { amount currency }
       parts { from { amount currency } to { amount currency } on method rate
               rates { currency perEuro publishedOn source } } } }`;

describe('C8 · sums of invoices', () => {
  test('are told by currency, never netted, in one statement; of others nothing is in them', async () => {
    const answer = await ask(world, tenant, `{ invoiceTotals(filter: { unpaid: true }) ${open} }`);
    expect(answer.errors).toEqual([]);
    expect(answer.data.invoiceTotals.sums).toEqual([
      {
        currency: 'EUR',
        document: 'INVOICE',
        documents: 1,
        total: { amount: '140.00' },
        money: { open: { amount: '140.00' } },
      },
      {
        currency: 'JPY',
        document: 'INVOICE',
        documents: 1,
        total: { amount: '24680' },
        money: { open: { amount: '24680' } },
      },
      {
        currency: 'USD',
        document: 'INVOICE',
        documents: 2,
        total: { amount: '247.80' },
        money: { open: { amount: '247.80' } },
      },
    ]);
    expect(answer.statements).toBe(1);
    const theirs = await ask(world, stranger, `{ invoiceTotals ${open} }`);
    expect(theirs.data.invoiceTotals.sums).toMatchObject([{ currency: 'USD', documents: 1 }]);
  });

  test('take the filter of the list, and add up what the list shows', async () => {
    for (const filter of [`accounts: ["${accountRef(us)}"]`, 'sites: ["JP"]', 'unpaid: false', 'numbers: []']) {
      const { data } = await ask(
        world,
        tenant,
        `{ invoiceTotals(filter: { ${filter} }) { sums { documents } }
           invoices(first: 50, filter: { ${filter} }) { nodes { number } } }`,
      );
      const counted = data.invoiceTotals.sums.reduce(
        (sum: number, one: { documents: number }) => sum + one.documents,
        0,
      );
      expect(counted).toBe(data.invoices.nodes.length);
    }
  });

  test('keep the equation of a single invoice', async () => {
    const { data } = await ask(
      world,
      tenant,
      '{ invoiceTotals(filter: { sites: ["US"] }) { sums { total { amount } money { paid { amount } discount { amount } deducted { amount } credited { amount } open { amount } } } } }',
    );
    const [{ total, money }] = data.invoiceTotals.sums;
    const cents = (text: string) => BigInt(text.replace('.', ''));
    const parts = Object.values(money as Record<string, { amount: string }>).map(({ amount }) => cents(amount));
    expect(parts.reduce((a, b) => a + b)).toBe(cents(total.amount));
  });
});

describe('C8 · consolidated', () => {
  test('says which rates it used, of which day, by whom; the weekend falls back to Friday', async () => {
    const answer = await ask(world, tenant, `{ invoiceTotals(filter: { unpaid: true }) ${inCurrency('EUR')} }`);
    expect(answer.errors).toEqual([]);
    const yen = { currency: 'JPY', perEuro: '171.35', publishedOn: '2026-11-20', source: 'ECB' };
    const dollar = { currency: 'USD', perEuro: '1.1532', publishedOn: '2026-11-20', source: 'ECB' };
    const eur = (amount: string) => ({ amount, currency: 'EUR' });
    expect(answer.data.invoiceTotals.consolidated).toEqual({
      amount: eur('498.91'),
      parts: [
        { from: eur('140.00'), to: eur('140.00'), on: '2026-11-22', method: 'SAME_CURRENCY', rate: '1', rates: [] },
        {
          from: { amount: '24680', currency: 'JPY' },
          to: eur('144.03'),
          on: '2026-11-22',
          method: 'TO_EURO',
          rate: '0.00583600817041',
          rates: [yen],
        },
        {
          from: { amount: '247.80', currency: 'USD' },
          to: eur('214.88'),
          on: '2026-11-22',
          method: 'TO_EURO',
          rate: '0.867152271939',
          rates: [dollar],
        },
      ],
    });
    expect(answer.statements).toBe(2);
    const inYen = await ask(
      world,
      tenant,
      `{ invoiceTotals(filter: { sites: ["US"], unpaid: true }) ${inCurrency('JPY')} }`,
    );
    expect(inYen.data.invoiceTotals.consolidated).toMatchObject({
      amount: { amount: '36820', currency: 'JPY' },
      parts: [{ method: 'THROUGH_EURO', rates: [dollar, yen] }],
    });
  });

  test('a rate that is not known, or too old, is an error beside the sums, and never a smaller total', async () => {
    const unknown = await ask(
      world,
      tenant,
      `{ invoiceTotals ${inCurrency('CHF').replace('{', '{ sums { currency }')} }`,
    );
    expect(unknown.data.invoiceTotals).toMatchObject({ consolidated: null, sums: [{}, {}, {}] });
    expect(unknown.errors).toMatchObject([{ code: 'RATE_UNKNOWN', extensions: { currency: 'CHF', on: '2026-11-22' } }]);
    const old = await ask(world, tenant, `{ invoiceTotals ${inCurrency('EUR', '2026-11-28')} }`);
    expect(old.errors).toMatchObject([
      { code: 'RATE_TOO_OLD', extensions: { currency: 'JPY', last: '2026-11-20', mostDays: 7 } },
    ]);
  });

  test('nothing is nothing of the currency that was asked for', async () => {
    const { data, errors } = await ask(
      world,
      tenant,
      `{ invoiceTotals(filter: { numbers: [] }) ${inCurrency('EUR')} }`,
    );
    expect(errors).toEqual([]);
    expect(data.invoiceTotals.consolidated).toEqual({ amount: { amount: '0.00', currency: 'EUR' }, parts: [] });
  });

  test('needs the right to read invoices', async () => {
    const answer = await ask(world, tenant, `{ invoiceTotals ${open} }`, {}, { scopes: ['payment:read'] });
    expect(answer).toMatchObject({ data: { invoiceTotals: null }, errors: [{ code: 'FORBIDDEN' }], statements: 0 });
  });
});
