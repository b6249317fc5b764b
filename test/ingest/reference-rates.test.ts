import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { day } from '../../src/base/calendar-date.ts';
import type { Currency } from '../../src/base/currency.ts';
import { decimal } from '../../src/base/decimal.ts';
import { instant } from '../../src/base/instant.ts';
import { readEcbRates } from '../../src/ingest/ecb-rates.ts';
import { importRates } from '../../src/ingest/import-rates.ts';
import { keepSimulatedRates, lastRates } from '../../src/store/reference-rates.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

// The shape of the files of the European Central Bank; their values are made up.
const file = (name: string) => readFileSync(new URL(`./reference-rates/${name}.xml`, import.meta.url));
const days = (...cubes: string[]) =>
  Buffer.from(`<Envelope><subject/><Cube>${cubes.join('')}</Cube></Envelope>`, 'utf8');
const aDay = (time: string, ...rates: readonly (readonly [string, string])[]) =>
  `<Cube time="${time}">${rates.map(([currency, rate]) => `<Cube currency="${currency}" rate="${rate}"/>`).join('')}</Cube>`;

const now = instant('2026-11-23T16:05:00Z');
let world: TestWorld;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const landed = async (bytes: Uint8Array) => {
  const imported = await importRates(world.database, bytes, now);
  if (!imported.ok) throw new Error(imported.refusal.message);
  return imported.value;
};
const last = (on: string, ...currencies: string[]) =>
  world.database.read({ organisationId: undefined, accountIds: [] }, (db) =>
    lastRates(db, currencies as Currency[], day(on)),
  );

describe('reading', () => {
  test('the file of a day and the file of many have one shape, and rates stay exact', () => {
    const daily = readEcbRates(file('daily'));
    expect(daily).toMatchObject({ ok: true, value: { problems: [] } });
    expect(daily.ok && daily.value.rates.map(({ rate }) => [rate.currency, rate.on, rate.perEuro])).toContainEqual([
      'IDR',
      '2026-11-20',
      '19190.18',
    ]);
    const many = readEcbRates(file('90-days'));
    expect(
      many.ok && many.value.rates.map(({ at, rate }) => `${at} ${rate.currency} ${rate.on} ${rate.perEuro}`),
    ).toEqual([
      '/Envelope/Cube/Cube[1]/Cube[1] USD 2026-11-20 1.1532',
      '/Envelope/Cube/Cube[1]/Cube[2] JPY 2026-11-20 171.35',
      '/Envelope/Cube/Cube[2]/Cube[1] USD 2026-11-19 1.1525',
      '/Envelope/Cube/Cube[2]/Cube[2] JPY 2026-11-19 170.8',
      '/Envelope/Cube/Cube[3]/Cube[1] USD 2026-11-18 1.158',
      '/Envelope/Cube/Cube[3]/Cube[2] JPY 2026-11-18 169.9',
    ]);
  });

  test('what cannot be read is told by its place, and the rest counts', () => {
    const read = readEcbRates(
      days(
        aDay(
          '2026-11-20',
          ['USD', '1.1532'],
          ['usd', '1'],
          ['EUR', '1'],
          ['JPY', 'N/A'],
          ['CAD', '0.00'],
          ['GBP', '-1'],
        ),
        aDay('2026-02-30', ['USD', '1.1']),
        aDay('2026-11-19', ['USD', '1.1525'], ['USD', '1.1525'], ['USD', '1.1526'], ['SEK', '1e1'], ['PLN', '4,2']),
        '<Cube/>',
        '<Cube time="2026-11-18" Cube="x"/>',
        '<Cube time="2026-11-17"><Cube currency="USD"><rate><x/></rate></Cube></Cube>',
      ),
    );
    expect(read.ok && read.value.rates.map(({ rate }) => `${rate.currency} ${rate.on} ${rate.perEuro}`)).toEqual([
      'USD 2026-11-20 1.1532',
      'USD 2026-11-19 1.1525',
    ]);
    expect(
      read.ok && read.value.problems.map(({ code, at }) => `${code} ${at.replace('/Envelope/Cube/', '')}`),
    ).toEqual([
      'CURRENCY_UNREADABLE Cube[1]/Cube[2]',
      'CURRENCY_UNREADABLE Cube[1]/Cube[3]',
      'RATE_UNREADABLE Cube[1]/Cube[4]',
      'RATE_UNREADABLE Cube[1]/Cube[5]',
      'RATE_UNREADABLE Cube[1]/Cube[6]',
      'DAY_UNREADABLE Cube[2]',
      'RATE_GIVEN_TWICE Cube[3]/Cube[3]',
      'RATE_UNREADABLE Cube[3]/Cube[4]',
      'RATE_UNREADABLE Cube[3]/Cube[5]',
      'DAY_UNREADABLE Cube[4]',
      'CURRENCY_UNREADABLE Cube[5]/Cube[1]',
      'RATE_UNREADABLE Cube[6]/Cube[1]',
    ]);
  });

  test.each([
    ['', 'NOT_XML'],
    ['{"rates":{}}', 'NOT_XML'],
    ['<Envelope><Cube>', 'NOT_XML'],
    ['<Order/>', 'NOT_ECB_RATES'],
    ['<Envelope><Cube/></Envelope>', 'NOT_ECB_RATES'],
    ['<?xml version="1.0"><Envelope/>', 'NOT_XML'],
    ['<Envelope Cube="x"/>', 'NOT_ECB_RATES'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><Envelope>&b;</Envelope>', 'NOT_ECB_RATES'],
  ])('%s is no file of rates: %s', (text, code) => {
    expect(readEcbRates(Buffer.from(text))).toMatchObject({ ok: false, refusal: { code } });
  });

  test('no bytes make it throw', () => {
    const good = file('daily').toString();
    const damaged = fc
      .tuple(fc.nat(good.length), fc.nat(40), fc.string({ maxLength: 12 }))
      .map(([at, gone, put]) => good.slice(0, at) + put + good.slice(at + gone));
    fc.assert(fc.property(fc.oneof(damaged, fc.string()), (text) => readEcbRates(Buffer.from(text)).ok !== undefined));
  });
});

describe('C8 · importing', () => {
  test('lands what is new; the same again, or a longer file over it, changes nothing that is there', async () => {
    expect(await landed(file('daily'))).toEqual({
      read: 7,
      landed: 7,
      days: ['2026-11-20', '2026-11-20'],
      problems: [],
    });
    expect(await landed(file('daily'))).toMatchObject({ read: 7, landed: 0, problems: [] });
    expect(await landed(file('90-days'))).toEqual({
      read: 6,
      landed: 4,
      days: ['2026-11-18', '2026-11-20'],
      problems: [],
    });
  });

  test('another value for a known day is refused with both, and the kept one stands; the rest lands', async () => {
    const imported = await landed(days(aDay('2026-11-20', ['USD', '1.2'], ['CHF', '0.9312'], ['JPY', '171.350'])));
    expect(imported).toMatchObject({
      read: 3,
      landed: 1,
      problems: [
        {
          code: 'RATE_DIFFERS',
          at: '/Envelope/Cube/Cube[1]/Cube[1]',
          message: 'USD 2026-11-20 is kept as 1.1532, and 1.2 here: the kept one stands',
        },
      ],
    });
    expect(await last('2026-11-20', 'USD')).toMatchObject([{ perEuro: '1.1532' }]);
  });

  test('two at once land each rate once', async () => {
    const bytes = days(...Array.from({ length: 9 }, (_, n) => aDay(`2020-01-0${n + 1}`, ['USD', `1.${n + 1}`])));
    const both = await Promise.all([landed(bytes), landed(bytes)]);
    expect(both.reduce((sum, one) => sum + one.landed, 0)).toBe(9);
    expect(both.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test('a request sees the last rate of each currency on or before a day, whoever it belongs to', async () => {
    expect(await last('2026-11-22', 'USD', 'JPY', 'XXX')).toEqual([
      { currency: 'USD', on: '2026-11-20', perEuro: '1.1532', source: 'ECB' },
      { currency: 'JPY', on: '2026-11-20', perEuro: '171.35', source: 'ECB' },
    ]);
    expect(await last('2026-11-19', 'USD')).toMatchObject([{ on: '2026-11-19', perEuro: '1.1525' }]);
    expect(await last('1998-12-31', 'USD')).toEqual([]);
  });

  test('every rate leads back to the file that brought it', async () => {
    const rows = await world.database.work((sql) =>
      sql.query<{ document: string; at: Date }>(
        `select distinct "document", "importedAt" as at from "ReferenceRate" where "currency" = 'IDR'`,
      ),
    );
    expect(rows).toEqual([{ document: expect.stringMatching(/^[0-9a-f]{64}$/), at: new Date(now) }]);
  });

  test('of a published rate nothing is deleted; those of a demo give way to published ones, and never come back', async () => {
    const demo = () =>
      keepSimulatedRates(
        world.database,
        [{ currency: 'NZD' as Currency, on: day('2026-11-20'), perEuro: decimal('2') }],
        now,
      );
    const count = async () => (await world.database.work((sql) => sql.query('select 1 from "ReferenceRate"'))).length;
    const before = await count();
    expect(before).toBeGreaterThan(10);
    await demo();
    expect(await last('2026-11-20', 'NZD')).toEqual([]);
    await world.database.work((sql) => sql.query('delete from "ReferenceRate"'));
    expect(await count()).toBe(before);

    const empty = await testWorld();
    try {
      const { database } = empty;
      const rate = { currency: 'NZD' as Currency, on: day('2026-11-20'), perEuro: decimal('2') };
      await keepSimulatedRates(database, [rate], now);
      await keepSimulatedRates(database, [rate], now);
      const seen = () =>
        database.read({ organisationId: undefined, accountIds: [] }, (db) => lastRates(db, [rate.currency], rate.on));
      expect(await seen()).toEqual([{ ...rate, source: 'simulated' }]);
      const real = days(aDay('2026-11-20', ['NZD', '1.99']));
      expect(await importRates(database, real, now)).toMatchObject({ ok: true, value: { landed: 1, problems: [] } });
      expect(await seen()).toEqual([{ ...rate, perEuro: '1.99', source: 'ECB' }]);
    } finally {
      await empty.close();
    }
  });

  test('a request cannot add a rate, and background work cannot change one', async () => {
    const add = world.database.write(
      { organisationId: undefined, accountIds: [] },
      (db) => db.$executeRaw`insert into "ReferenceRate" values ('XXX', '2026-01-01', 1, 'me', '', now())`,
    );
    await expect(add).rejects.toThrow(/permission denied/);
    const change = world.database.work((sql) => sql.query(`update "ReferenceRate" set "perEuro" = 2`));
    await expect(change).rejects.toThrow(/permission denied/);
  });
});
