import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';
import { accountAt, all, day, get, login, paths, readAll, start } from './client.ts';

let simulator: Simulator;
let token: string;
const us = accountAt('US');
const now = Date.parse('2026-03-02T10:00:00Z');
const iso = (at: number) => new Date(at).toISOString();
const week = { createdAfter: iso(now - 7 * day), createdBefore: iso(now) };

beforeAll(async () => {
  simulator = await start();
  token = await login(simulator, us);
});
afterAll(() => simulator.close());

const errorOf = (answer: Awaited<ReturnType<typeof get>>) => [answer.status, String(answer.json.errors[0]?.code)];

describe('login', () => {
  const ask = async (form: { [name: string]: string }) => {
    const response = await fetch(`${simulator.url}/auth/o2/token`, { method: 'POST', body: new URLSearchParams(form) });
    return [response.status, ((await response.json()) as { error?: string }).error];
  };
  const good = {
    grant_type: 'refresh_token',
    client_id: us.clientId,
    client_secret: us.clientSecret,
    refresh_token: us.refreshToken,
  };

  test('refuses what Amazon refuses, with its words', async () => {
    expect(await ask(good)).toEqual([200, undefined]);
    expect(await ask({ ...good, client_secret: 'wrong' })).toEqual([401, 'invalid_client']);
    expect(await ask({ ...good, refresh_token: 'wrong' })).toEqual([400, 'invalid_grant']);
    expect(await ask({ ...good, grant_type: 'password' })).toEqual([400, 'unsupported_grant_type']);
    expect(await ask({ grant_type: 'refresh_token' })).toEqual([400, 'invalid_request']);
  });

  test('a token is good for an hour of simulated time, in its own region only', async () => {
    expect(token).toMatch(/^Atza\|/);
    expect((await get(simulator, us, token, paths.orders)).status).toBe(200);
    expect(errorOf(await get(simulator, accountAt('EU'), token, paths.orders))).toEqual([403, 'Unauthorized']);
    expect(errorOf(await get(simulator, us, await login(simulator, accountAt('JP')), paths.orders))).toEqual([
      403,
      'Unauthorized',
    ]);
    expect(errorOf(await get(simulator, us, `${token}x`, paths.orders))).toEqual([403, 'Unauthorized']);
    expect(errorOf(await get(simulator, us, '', paths.orders))).toEqual([403, 'Unauthorized']);
    const later = await start();
    const fresh = await login(later, us);
    later.clock.advance(3599);
    expect((await get(later, us, fresh, paths.orders)).status).toBe(200);
    later.clock.advance(1);
    const expired = await get(later, us, fresh, paths.orders);
    expect(errorOf(expired)).toEqual([403, 'Unauthorized']);
    expect(expired.json.errors[0]?.details).toContain('expired');
    await later.close();
  });
});

test('every answer carries a request id and the simulated date, and the limit where Amazon tells it', async () => {
  const good = await get(simulator, us, token, paths.orders, week);
  expect(good.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(good.headers.get('date')).toBe('Mon, 02 Mar 2026 10:00:00 GMT');
  expect(good.headers.get('x-amzn-ratelimit-limit')).toBe('10.0');
  expect((await get(simulator, us, 'no', paths.orders)).headers.has('x-amzn-ratelimit-limit')).toBe(false);
  const lost = await get(simulator, us, token, '/vendor/orders/v1/nothing');
  expect(errorOf(lost)).toEqual([404, 'NotFound']);
  expect(lost.headers.has('x-amzn-ratelimit-limit')).toBe(true);
});

describe('paging', () => {
  test('small pages hold what one large page holds, in the same order', async () => {
    const whole = await all(simulator, us, token, paths.orders, week);
    const small = await all(simulator, us, token, paths.orders, { ...week, limit: '3' });
    expect(whole.items.length).toBeGreaterThan(12);
    expect(small.pages.length).toBe(Math.ceil(whole.items.length / 3));
    expect(small.items).toEqual(whole.items);
    const backwards = await all(simulator, us, token, paths.orders, { ...week, limit: '4', sortOrder: 'DESC' });
    expect(backwards.items).toEqual([...whole.items].reverse());
  });

  test('a token belongs to its question, and to no other vendor', async () => {
    const first = await get(simulator, us, token, paths.orders, { ...week, limit: '2' });
    const nextToken = String(first.json.payload.pagination?.nextToken);
    expect((await get(simulator, us, token, paths.orders, { ...week, limit: '2', nextToken })).status).toBe(200);
    expect(errorOf(await get(simulator, us, token, paths.orders, { ...week, limit: '3', nextToken }))).toEqual([
      400,
      'InvalidInput',
    ]);
    expect(errorOf(await get(simulator, us, token, paths.status, { ...week, limit: '2', nextToken }))).toEqual([
      400,
      'InvalidInput',
    ]);
    expect(errorOf(await get(simulator, us, token, paths.orders, { ...week, nextToken: 'junk' }))).toEqual([
      400,
      'InvalidInput',
    ]);
    const ca = accountAt('CA');
    const theirs = await get(simulator, ca, await login(simulator, ca), paths.orders, {
      ...week,
      limit: '2',
      nextToken,
    });
    expect(errorOf(theirs)).toEqual([400, 'InvalidInput']);
  });

  test('a token survives a restart of the simulator', async () => {
    const first = await get(simulator, us, token, paths.orders, { ...week, limit: '2' });
    const nextToken = String(first.json.payload.pagination?.nextToken);
    const again = await start();
    const here = await get(simulator, us, token, paths.orders, { ...week, limit: '2', nextToken });
    const there = await get(again, us, token, paths.orders, { ...week, limit: '2', nextToken });
    await again.close();
    expect(there.text).toBe(here.text);
  });

  test('invoices come by the hundred; a filtered page may be empty and go on', async () => {
    const range = { marketplaceId: us.marketplaceId, fromIssueDate: iso(now - 90 * day), toIssueDate: iso(now) };
    const every = await all(simulator, us, token, paths.invoices, range);
    expect(every.items.length).toBeGreaterThan(200);
    expect(every.pages[0]?.json.numOfRecords).toBe(100);
    const recent = await all(simulator, us, token, paths.invoices, {
      ...range,
      invoicesModifiedAfter: iso(now - 3600_000),
    });
    expect(recent.pages.length).toBe(every.pages.length);
    expect(recent.pages.some((page) => Number(page.json.numOfRecords) === 0 && page.json.nextToken)).toBe(true);
  });

  test('600 lines a page of one invoice', async () => {
    const { stories } = (await (await fetch(`${simulator.url}/simulator/stories`)).json()) as {
      stories: { title: string; account: string; invoices: string[] }[];
    };
    const story = stories.find((one) => one.title.includes('660 lines'));
    const owner = ['US', 'CA', 'EU', 'JP']
      .map((site) => accountAt(site as 'US'))
      .find((one) => one.name === story?.account);
    if (!story || !owner) throw new Error('the story of 660 lines is not told');
    const path = `${paths.invoices}/${encodeURIComponent(story.invoices[0] ?? '')}`;
    const mine = await login(simulator, owner);
    const query = { marketplaceId: owner.marketplaceId };
    const first = await get(simulator, owner, mine, path, query);
    expect(first.json.invoiceItems.length).toBe(600);
    const rest = await get(simulator, owner, mine, path, {
      ...query,
      nextTokenForLineItems: String(first.json.nextTokenForLineItems),
    });
    expect(rest.json.invoiceItems.length).toBe(60);
    expect(rest.json.nextTokenForLineItems).toBeUndefined();
  });
});

describe('ranges and filters', () => {
  test('seven days at most, ninety for invoices, and both issue dates or neither', async () => {
    for (const [path, name] of [
      [paths.orders, 'created'],
      [paths.orders, 'changed'],
      [paths.status, 'updated'],
      [paths.status, 'created'],
    ] as const) {
      const query = { [`${name}After`]: iso(now - 8 * day), [`${name}Before`]: iso(now) };
      expect(errorOf(await get(simulator, us, token, path, query))).toEqual([400, 'InvalidInput']);
    }
    const { marketplaceId } = us;
    const refused = [
      { marketplaceId, fromIssueDate: iso(now - 91 * day), toIssueDate: iso(now) },
      { marketplaceId, fromIssueDate: iso(now - 9 * day) },
      { marketplaceId: 'nowhere' },
      {},
    ];
    for (const query of refused)
      expect(errorOf(await get(simulator, us, token, paths.invoices, query as { [k: string]: string }))).toEqual([
        400,
        'InvalidInput',
      ]);
    for (const query of [
      { limit: '101' },
      { limit: '0' },
      { createdAfter: '2026-03-0110:00' },
      { sortOrder: 'UP' },
      { purchaseOrderState: 'Odd' },
    ]) {
      expect(errorOf(await get(simulator, us, token, paths.orders, query as { [k: string]: string }))).toEqual([
        400,
        'InvalidInput',
      ]);
    }
    expect(errorOf(await get(simulator, us, token, paths.shipments, { limit: '51' }))).toEqual([400, 'InvalidInput']);
  });

  test('older than six months is gone', async () => {
    const old = await start({ history: { months: 8 } });
    const query = { createdAfter: iso(now - 200 * day), createdBefore: iso(now - 194 * day) };
    expect((await all(old, us, token, paths.orders, query)).items).toEqual([]);
    expect((await all(old, us, token, paths.shipments, query)).items).toEqual([]);
    const edge = { createdAfter: iso(now - 181 * day), createdBefore: iso(now - 175 * day) };
    expect((await all(old, us, token, paths.orders, edge)).items.length).toBeGreaterThan(3);
    await old.close();
  });

  test('each filter gives just those it names', async () => {
    const read = await readAll(simulator, us);
    const recent = read.orders.filter((order) => Date.parse(order.orderDetails.purchaseOrderDate) >= now - 7 * day);
    const by = async (query: { [name: string]: string }) =>
      (await all(simulator, us, token, paths.orders, { ...week, ...query })).items;
    for (const state of ['New', 'Acknowledged', 'Closed']) {
      expect(await by({ purchaseOrderState: state })).toEqual(
        recent.filter((order) => order.purchaseOrderState === state),
      );
    }
    expect(await by({ orderingVendorCode: 'LARKW' })).toEqual(
      recent.filter((order) => order.orderDetails.sellingParty.partyId === 'LARKW'),
    );
    expect(await by({ isPOChanged: 'true' })).toEqual(
      recent.filter((order) => order.orderDetails.purchaseOrderChangedDate),
    );
    expect(await by({ includeDetails: 'false' })).toEqual(
      recent.map(({ purchaseOrderNumber, purchaseOrderState }) => ({ purchaseOrderNumber, purchaseOrderState })),
    );
    const changed = read.orders.filter((order) => order.orderDetails.purchaseOrderChangedDate);
    expect(changed.length).toBeGreaterThan(3);
    const [one] = changed;
    const at = Date.parse(one?.orderDetails.purchaseOrderChangedDate ?? '');
    const around = await all(simulator, us, token, paths.orders, {
      changedAfter: iso(at - 1000),
      changedBefore: iso(at + 1000),
    });
    expect(around.items).toContainEqual(one);
    const cancelled = read.orders.filter((order) =>
      order.orderDetails.items.some((item) => item.orderedQuantity.amount === 0),
    );
    expect(cancelled.length).toBeGreaterThan(0);
  });

  test('one order, one status, one shipment by number', async () => {
    const { orders, shipments } = await readAll(simulator, us);
    const number = String(orders[5]?.purchaseOrderNumber);
    expect((await get(simulator, us, token, `${paths.orders}/${number}`)).json.payload).toEqual(orders[5]);
    expect((await get(simulator, us, token, `${paths.orders}/ZZZZZZZZ`)).status).toBe(404);
    const status = await get(simulator, us, token, paths.status, { purchaseOrderNumber: number });
    expect(status.json.payload.ordersStatus.length).toBe(1);
    const shipment = await get(simulator, us, token, paths.shipments, {
      vendorShipmentIdentifier: String(shipments[3]?.vendorShipmentIdentifier),
    });
    expect(shipment.json.payload.shipments).toEqual([shipments[3]]);
    const closed = await all(simulator, us, token, paths.status, { ...week, purchaseOrderStatus: 'CLOSED' });
    expect(closed.items.every((one) => one.purchaseOrderStatus === 'CLOSED')).toBe(true);
  });
});

test('the bucket holds ten and refills at ten a second, for each vendor by itself', async () => {
  const strict = await start({ faults: { rateLimit: { enforce: true, rps: 10, burst: 10 } } });
  const ca = accountAt('CA');
  const theirs = await login(strict, ca);
  const burst = await Promise.all(
    Array.from({ length: 30 }, () => get(strict, us, token, paths.orders, { limit: '1' })),
  );
  const good = burst.filter((answer) => answer.status === 200).length;
  expect(good).toBeGreaterThanOrEqual(10);
  expect(good).toBeLessThan(30);
  const refused = burst.find((answer) => answer.status === 429);
  expect(refused?.json.errors[0]?.code).toBe('QuotaExceeded');
  expect(refused?.headers.has('x-amzn-ratelimit-limit')).toBe(false);
  expect((await get(strict, ca, theirs, paths.orders)).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect((await get(strict, us, token, paths.orders)).status).toBe(200);
  await strict.close();
});
