import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FaultPlan, Simulator } from '../../../../plugins/connectors/sp-api/simulator/index.ts';
import { UpstreamRefused } from '../../../../src/seams/connector.ts';
import { collect, profileOf, pullFrom, simulate, tell, vendorOf } from './simulated.ts';
import { arrived, expected, truthOf } from './truth.ts';

// Whole imports over HTTP, on machines that do other things meanwhile.
vi.setConfig({ testTimeout: 60_000 });

let simulator: Simulator | undefined;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

const vendor = vendorOf('JP');
const rateLimit = { enforce: false, rps: 1000, burst: 1000 };

describe('an import is whole, whatever Amazon does:', () => {
  test.each<[string, Partial<FaultPlan>]>([
    ['every fifth request is throttled', { storm429: 5 }],
    ['a third of the requests fail', { error5xx: 0.34 }],
    ['every fourth connection is lost', { resetConnection: 4 }],
    ['every fifth answer is cut off', { breakPage: 5 }],
    ['every third page is empty and names a next one', { emptyPages: 3 }],
    ['a token dies after twenty requests', { expireTokensAfter: 20 }],
    ['pages repeat the last thing of the page before', { duplicateItems: true }],
    ['bodies come in pieces', { slowBody: 1 }],
    [
      'all of it at once',
      {
        storm429: 7,
        error5xx: 0.1,
        resetConnection: 11,
        breakPage: 9,
        emptyPages: 5,
        expireTokensAfter: 13,
        duplicateItems: true,
      },
    ],
  ])('%s', async (_name, faults) => {
    simulator = await simulate({ faults });
    const profile = profileOf(vendor);
    const batches = await collect(pullFrom(simulator, { profile }));
    const told = tell(batches, profile);
    expect(told.unreadable).toEqual([]);
    expect(arrived(told.facts)).toEqual(expected(await truthOf(simulator, vendor.name)));
  });

  test('documents depart from their models, and each departure is noted', async () => {
    simulator = await simulate({ faults: { schemaDepartures: true } });
    const profile = profileOf(vendor);
    const told = tell(await collect(pullFrom(simulator, { profile })), profile);
    expect(told.unreadable).toEqual([]);
    expect(arrived(told.facts)).toEqual(expected(await truthOf(simulator, vendor.name)));
    const departures = new Set(told.warnings.map(({ code, found }) => `${code} ${found}`));
    expect(departures).toContain('UNKNOWN_VALUE SeasonalOrder');
    expect(departures).toContain('NORMALISED blanks around the value');
    expect(departures).toContain('UNEXPECTED_SHAPE text where a whole number belongs');
    expect(departures).toContain('UNEXPECTED_SHAPE a quantity where its history belongs');
    expect(departures).toContain('UNEXPECTED_SHAPE carrierScac where carrierDetails belongs');
    expect(departures).toContain('NORMALISED JPN');
  });

  test('it stalls for a while', async () => {
    simulator = await simulate({ faults: { stallMs: 600 } });
    const heal = setTimeout(() => setFaults({}), 700);
    const said: string[] = [];
    const profile = profileOf(vendor);
    const batches = await collect(pullFrom(simulator, { profile, said, settings: { timeoutMillis: 200 } }));
    clearTimeout(heal);
    expect(said.join()).toContain('TimeoutError');
    expect(arrived(tell(batches, profile).facts)).toEqual(expected(await truthOf(simulator, vendor.name)));
  });

  test('it is down in the middle of the import', async () => {
    simulator = await simulate();
    const profile = profileOf(vendor);
    const batches = [];
    const said: string[] = [];
    for await (const batch of pullFrom(simulator, { profile, said })) {
      batches.push(batch);
      if (batches.length === 20) {
        setFaults({ error5xx: 1 });
        setTimeout(() => setFaults({}), 300);
      }
    }
    expect(said.join()).toMatch(/status 50[03]/);
    expect(arrived(tell(batches, profile).facts)).toEqual(expected(await truthOf(simulator, vendor.name)));
  });
});

describe('the past is read again', () => {
  test('days that were missing are there seven hours after Amazon repaired them, without a person', async () => {
    simulator = await simulate();
    const { orders } = await truthOf(simulator, vendor.name);
    setFaults({ missingDays: ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20'] });
    const profile = profileOf(vendor);
    const batches = await collect(pullFrom(simulator, { profile }));
    const missing = orders.length - ordersIn(batches, profile).size;
    expect(missing).toBeGreaterThan(0);

    setFaults({});
    simulator.clock.advance(3600);
    batches.push(...(await collect(pullFrom(simulator, { profile, cursor: batches.at(-1)?.cursor }))));
    simulator.clock.advance(6 * 3600);
    batches.push(...(await collect(pullFrom(simulator, { profile, cursor: batches.at(-1)?.cursor }))));
    const found = ordersIn(batches, profile);
    expect(orders.filter(({ number }) => !found.has(number))).toEqual([]);
  });

  test('weeks that were missing are there after a week', async () => {
    simulator = await simulate();
    const days = Array.from({ length: 14 }, (_, index) => `2026-08-${String(index + 10).padStart(2, '0')}`);
    setFaults({ missingDays: days });
    const profile = profileOf(vendor);
    const batches = await collect(pullFrom(simulator, { profile }));
    setFaults({});
    for (const hours of [20, 7 * 24]) {
      simulator.clock.advance(hours * 3600);
      batches.push(...(await collect(pullFrom(simulator, { profile, cursor: batches.at(-1)?.cursor }))));
    }
    const found = ordersIn(batches, profile);
    const { orders } = await truthOf(simulator, vendor.name);
    expect(orders.filter(({ number }) => !found.has(number))).toEqual([]);
  });

  test('a filter that Amazon forgets costs requests and tells nothing false', async () => {
    simulator = await simulate({ faults: { ignoreUpdatedFilter: true } });
    const profile = profileOf(vendor);
    const batches = await collect(pullFrom(simulator, { profile }));
    simulator.clock.advance(3 * 3600);
    batches.push(...(await collect(pullFrom(simulator, { profile, cursor: batches.at(-1)?.cursor }))));
    expect(arrived(tell(batches, profile).facts)).toEqual(expected(await truthOf(simulator, vendor.name)));
  });
});

describe('what waiting cannot mend', () => {
  test('revoked credentials end the pull, and nothing secret is said', async () => {
    simulator = await simulate();
    const settings = { refreshToken: 'Atzr|revoked-and-secret' };
    const failure = await failureOf(collect(pullFrom(simulator, { settings })));
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({ code: 'LOGIN_REFUSED' });
    expect(String(failure)).toContain('invalid_grant');
    expect(String(failure)).not.toContain('secret');
  });

  test('a vendor group of another region is refused', async () => {
    simulator = await simulate();
    const profile = { ...profileOf(vendor), marketplaceId: 'ATVPDKIKX0DER' };
    expect(await failureOf(collect(pullFrom(simulator, { profile })))).toMatchObject({ code: 'ACCESS_REFUSED' });
  });

  test.each<[string, Record<string, unknown>]>([
    ['a member is missing', { clientSecret: '' }],
    ['an endpoint is not encrypted', { endpoint: 'http://sellingpartnerapi-na.amazon.example' }],
  ])('settings are refused when %s, naming members and no values', async (_name, settings) => {
    simulator = await simulate();
    const failure = await failureOf(collect(pullFrom(simulator, { settings })));
    expect(failure).toMatchObject({ code: 'SETTINGS_INVALID' });
    expect(String(failure)).toContain(Object.keys(settings)[0]);
    expect(String(failure)).not.toContain('sellingpartnerapi');
  });

  test('calling off ends a long wait at once', async () => {
    simulator = await simulate({ faults: { error5xx: 1 } });
    const called = new AbortController();
    setTimeout(() => called.abort(new Error('enough')), 100);
    const settings = { firstPauseMillis: 60_000, longestPauseMillis: 60_000 };
    const began = performance.now();
    const failure = await failureOf(collect(pullFrom(simulator, { settings, signal: called.signal })));
    expect(failure).toMatchObject({ message: 'enough' });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

test('secrets stand in no log line, no origin and no cursor', async () => {
  simulator = await simulate({ faults: { storm429: 5, expireTokensAfter: 10, error5xx: 0.1 } });
  const said: string[] = [];
  const batches = await collect(pullFrom(simulator, { said }));
  expect(said.length).toBeGreaterThan(10);
  const origins = batches.flatMap(({ documents }) => documents.map(({ origin }) => origin));
  const everything = [...said, ...origins, ...batches.map(({ cursor }) => JSON.stringify(cursor))].join('\n');
  for (const secret of [vendor.clientSecret, vendor.refreshToken, 'Atza|']) expect(everything).not.toContain(secret);
});

test('a real budget is kept: never more than ten at once and ten a second', async () => {
  simulator = await simulate({ faults: { rateLimit: { enforce: true, rps: 10, burst: 10 } }, speed: 1 });
  const settings = { requestsPerSecond: 10, burst: 10, importMonths: 1 };
  await collect(pullFrom(simulator, { settings }));
  const asked = simulator.requests.entries.filter(({ path }) => !path.includes('/auth/'));
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.filter(({ status }) => status === 429)).toEqual([]);
  for (const [first, { at: from }] of asked.entries()) {
    for (const [more, { at: to }] of asked.slice(first).entries()) {
      // A request may arrive a little sooner after the last one than it left.
      expect(more + 1).toBeLessThanOrEqual(10 + ((to - from + 50) / 1000) * 10 + 1);
    }
  }
});

function setFaults(faults: Partial<FaultPlan>): void {
  if (simulator === undefined) return;
  const none = {
    rateLimit,
    storm429: 0,
    error5xx: 0,
    stallMs: 0,
    resetConnection: 0,
    breakPage: 0,
    emptyPages: 0,
    missingDays: [],
    expireTokensAfter: 0,
    duplicateItems: false,
    ignoreUpdatedFilter: false,
    schemaDepartures: false,
    slowBody: 0,
  };
  simulator.faults = { ...none, ...faults };
}

const ordersIn = (batches: Parameters<typeof tell>[0], profile: Parameters<typeof tell>[1]): Set<string> =>
  new Set(
    tell(batches, profile).facts.flatMap((fact) => (fact.kind === 'purchase-order-stated' ? fact.orderNumber : [])),
  );

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}
