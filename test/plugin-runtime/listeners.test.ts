import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eaches } from '../../src/base/eaches.ts';
import type { AccountId, PurchaseOrderNumber } from '../../src/base/ids.ts';
import { fromMillis, instant } from '../../src/base/instant.ts';
import { startSequencer } from '../../src/change-log/sequencer.ts';
import { servicesOf } from '../../src/plugin-runtime/services.ts';
import type { EventKind, Heard, Plugin } from '../../src/seams/plugin.ts';
import { switchPlugin } from '../../src/store/plugin-switches.ts';
import { purgeSomeChanges } from '../../src/store/purge-changes.ts';
import { aLine, anOrder } from '../builders/facts.ts';
import { recordFacts } from '../support/record.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';
import { aPlugin, type Running, run as runIn, until } from './support/plugins.ts';

let world: TestWorld;
let owner: pg.Client;
const running: Running[] = [];
beforeAll(async () => {
  world = await testWorld();
  owner = new pg.Client({ connectionString: world.url });
  await owner.connect();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(({ runtime }) => runtime.stop()));
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const run = async (...plugins: readonly Plugin[]): Promise<Running> => {
  const started = await runIn(world, plugins);
  running.push(started);
  return started;
};

/** One more change to an order: its quantity becomes `n`. The first is its placing. */
const bump = (account: TestAccount, n: number) =>
  recordFacts(world, account, [
    anOrder({
      orderNumber: 'BUMPBUMP' as PurchaseOrderNumber,
      asOf: fromMillis(Date.UTC(2026, 8, 1) + n * 60_000),
      lines: [aLine({ ordered: eaches(n) })],
    }),
  ]);
const bumps = async (account: TestAccount, from: number, to: number) => {
  for (let n = from; n <= to; n += 1) await bump(account, n);
};

const toOrders = ['purchase-order-placed', 'quantity-changed'];
const quantityOf = ({ difference }: Heard): number =>
  difference.kind === 'quantity-changed'
    ? difference.after
    : difference.kind === 'purchase-order-placed'
      ? difference.ordered
      : -1;
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

/** A plugin that writes down what it heard, by account. */
function aListener(id: string, handle: (n: number, heard: Heard) => Promise<void> | void = () => {}) {
  const heard = new Map<AccountId, number[]>();
  const plugin = aPlugin({
    id,
    on: [
      {
        name: 'orders',
        to: toOrders,
        handle: async (change) => {
          const n = quantityOf(change);
          await handle(n, change);
          heard.set(change.accountId, [...(heard.get(change.accountId) ?? []), n]);
        },
      },
    ],
  });
  return { plugin, of: (account: TestAccount): readonly number[] => heard.get(account.accountId) ?? [] };
}

const troubles = ({ runtime }: Running, id: string) => runtime.board.list().find((each) => each.id === id);

test('a listener hears all of the log from its beginning, then live, in order per account, across batches', async () => {
  const [a, b] = [await world.account('Order A'), await world.account('Order B')];
  await bumps(a, 1, 130);
  const listener = aListener('hears-all');
  await run(listener.plugin);
  const sequencer = startSequencer(world.database);
  await Promise.all([bumps(a, 131, 150), bumps(b, 1, 20)]);
  await until(
    () => [listener.of(a), listener.of(b)],
    ([x, y]) => x?.length === 150 && y?.length === 20,
  );
  expect([listener.of(a), listener.of(b)]).toEqual([upTo(150), upTo(20)]);
  await sequencer.stop();
});

test('stopped and started again it goes on where it was; two gateways do not hear twice', async () => {
  const account = await world.account('Resume');
  await bumps(account, 1, 5);
  const listener = aListener('resumes');
  const first = await run(listener.plugin);
  await run(listener.plugin);
  await until(
    () => listener.of(account),
    (heard) => heard.length === 5,
  );
  // The other takes over what the one that stops leaves.
  await first.runtime.stop();
  await bumps(account, 6, 9);
  await until(
    () => listener.of(account),
    (heard) => heard.length >= 9,
  );
  expect(listener.of(account)).toEqual(upTo(9));
});

test('a process that dies in the middle: what was at hand comes again, nothing is missed', async () => {
  const account = await world.account('Crash');
  await bumps(account, 1, 5);
  let killed: number | null | undefined;
  const listener = aListener('dies', async (n, { accountId }) => {
    if (n !== 3 || accountId !== account.accountId || killed !== undefined) return;
    // Its locks are gone with its session, and what it was doing never gets its place kept.
    const { rowCount } = await owner.query(
      `select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.granted
        and l.database = (select oid from pg_database where datname = current_database())
        and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('acorn plugin listener dies/orders', 0)`,
    );
    killed = rowCount;
    throw new Error('power cut');
  });
  await run(listener.plugin);
  await run(listener.plugin);
  await until(
    () => listener.of(account),
    (heard) => heard.includes(5),
  );
  expect(killed).toBe(1);
  expect(listener.of(account)).toEqual(upTo(5));
});

test('a failure holds up its account only, is tried again later, and then parked with its reason', async () => {
  const [good, bad] = [await world.account('Good'), await world.account('Bad')];
  await Promise.all([bumps(good, 1, 4), bumps(bad, 1, 4)]);
  let broken = true;
  let calls = 0;
  const listener = aListener('fails', (n, { accountId }) => {
    if (accountId !== bad.accountId || n !== 2 || !broken) return;
    calls += 1;
    throw new Error('no such tariff');
  });
  const other = aListener('goes-on');
  const started = await run(listener.plugin, other.plugin);

  const status = await until(
    () => troubles(started, 'fails'),
    (status) => status?.problems.some(({ message }) => message.startsWith('parked')) === true,
  );
  expect(status).toMatchObject({
    health: 'DEGRADED',
    problems: [
      {
        part: 'listener',
        name: 'orders',
        accountId: bad.accountId,
        message: 'parked after 3 times: no such tariff. Put it right, then run "acorn plugins enable fails"',
      },
    ],
  });
  expect([calls, listener.of(bad), listener.of(good), other.of(bad)]).toEqual([3, [1], upTo(4), upTo(4)]);
  expect(troubles(started, 'goes-on')).toMatchObject({ health: 'OK', problems: [] });

  broken = false;
  await switchPlugin(world.database, 'fails', true, instant('2026-11-23T12:00:00Z'));
  await until(
    () => listener.of(bad),
    (heard) => heard.length === 4,
  );
  expect(listener.of(bad)).toEqual(upTo(4));
  await until(
    () => troubles(started, 'fails')?.health,
    (health) => health === 'OK',
  );
});

test('a handler that hangs holds up its account only, and is not called again beside itself', async () => {
  const [free, stuck] = [await world.account('Free'), await world.account('Stuck')];
  await Promise.all([bumps(free, 1, 3), bumps(stuck, 1, 3)]);
  let calls = 0;
  const listener = aListener('hangs', (n, { accountId }) => {
    if (accountId !== stuck.accountId || n !== 1) return;
    calls += 1;
    return new Promise<void>(() => {});
  });
  const started = await run(listener.plugin);
  await until(
    () => troubles(started, 'hangs')?.problems.map(({ message }) => message),
    (messages) => messages?.[0]?.startsWith('parked after 3 times: it has not come back from an earlier call') === true,
  );
  expect([calls, listener.of(free), listener.of(stuck)]).toEqual([1, upTo(3), []]);
});

test('a plugin of a site hears that site only', async () => {
  const [us, jp] = [await world.account('At US'), await world.account('At JP', 'JP')];
  await Promise.all([bumps(us, 1, 2), bumps(jp, 1, 2)]);
  const listener = aListener('site-only');
  const all = aListener('all-sites');
  await run(aPlugin({ ...listener.plugin, visibleTo: ['JP'] }), all.plugin);
  await until(
    () => all.of(us),
    (heard) => heard.length === 2,
  );
  await until(
    () => listener.of(jp),
    (heard) => heard.length === 2,
  );
  expect(listener.of(us)).toEqual([]);
});

describe('events of plugins', () => {
  const noted: EventKind = {
    version: 2,
    description: 'A note was made.',
    schema: {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) => {
          const n = (value as { n?: unknown } | null)?.n;
          return typeof n === 'number' ? { value: { n } } : { issues: [{ message: 'a number, please', path: ['n'] }] };
        },
      },
    },
    example: { n: 1 },
  };
  const services = (plugin: Plugin) =>
    servicesOf(plugin, {
      database: world.database,
      tables: {
        use: () => Promise.reject(new Error('none')),
        models: () => Promise.reject(new Error('none')),
        close: async () => {},
      },
      configOf: () => ({}),
      log: { info: () => {}, warn: () => {} },
      now: () => instant('2026-11-23T12:00:00Z'),
    });

  test('reach listeners in the place of the log at which they were emitted, and again from the start', async () => {
    const account = await world.account('Events');
    const emitter = aPlugin({ id: 'emits', emits: { noted } });
    await (await runIn(world, [emitter])).runtime.stop();
    const { emit } = services(emitter);
    await bump(account, 1);
    await emit(account.accountId, 'noted', { n: 100, more: 'is left out' });
    await emit(account.accountId, 'noted', { n: 101 });
    await bump(account, 2);
    await emit(account.accountId, 'noted', { n: 102 }, 'only once');
    await emit(account.accountId, 'noted', { n: 103 }, 'only once');

    const heard: unknown[] = [];
    const plugin = aPlugin({
      id: 'hears-events',
      on: [
        {
          name: 'both',
          to: [...toOrders, 'emits.noted'],
          handle: async (change) => {
            if (change.accountId === account.accountId)
              heard.push(change.subject === undefined ? change : quantityOf(change));
          },
        },
      ],
    });
    await run(plugin);
    await until(
      () => heard,
      ({ length }) => length === 5,
    );
    const event = (n: number) => ({
      accountId: account.accountId,
      occurredAt: '2026-11-23T12:00:00.000Z',
      difference: { kind: 'emits.noted', version: 2, payload: { n } },
    });
    expect(heard).toEqual([1, event(100), event(101), 2, event(102)]);
  });

  test('keep their place among many changes, however these are cut into batches', async () => {
    const account = await world.account('Many');
    const emitter = aPlugin({ id: 'emits', emits: { noted } });
    await (await runIn(world, [emitter])).runtime.stop();
    const { emit } = services(emitter);
    const expected: number[] = [];
    for (let n = 1; n <= 120; n += 1) {
      await bump(account, n);
      expected.push(n);
      for (const k of n % 7 === 0 || (n > 95 && n < 105) ? [1, 2] : []) {
        await emit(account.accountId, 'noted', { n: n * 1_000 + k });
        expected.push(n * 1_000 + k);
      }
    }
    const heard: number[] = [];
    const plugin = aPlugin({
      id: 'hears-many',
      on: [
        {
          name: 'both',
          to: [...toOrders, 'emits.noted'],
          handle: async (change) => {
            if (change.accountId !== account.accountId) return;
            heard.push(
              change.subject === undefined ? (change.difference.payload as { n: number }).n : quantityOf(change),
            );
          },
        },
      ],
    });
    await run(plugin);
    await until(
      () => heard.length,
      (length) => length >= expected.length,
      10_000,
    );
    expect(heard).toEqual(expected);
  });

  test('not declared, or not as declared, they are refused, and nothing is written', async () => {
    const { emit } = services(aPlugin({ id: 'emits', emits: { noted } }));
    const account = await world.account('Refused');
    await expect(emit(account.accountId, 'made-up', {})).rejects.toThrow(
      'the plugin "emits" emits no "made-up": declare it in emits, or emit one of "noted"',
    );
    await expect(emit(account.accountId, 'toString', {})).rejects.toThrow('emits no "toString"');
    await expect(emit(account.accountId, 'noted', { n: 'x' })).rejects.toThrow(
      'the payload of "emits.noted" does not satisfy its schema: n: a number, please',
    );
    const { rows } = await owner.query('select count(*)::int as n from "PluginEvent" where "accountId" = $1', [
      account.accountId,
    ]);
    expect(rows).toEqual([{ n: 0 }]);
  });
});

test('away for longer than the log is kept, it is parked with that reason, and goes on from the oldest when enabled again', async () => {
  const account = await world.account('Away');
  const sequencer = startSequencer(world.database);
  await bumps(account, 1, 5);
  const listener = aListener('was-away');
  const first = await run(listener.plugin);
  await until(
    () => listener.of(account),
    (heard) => heard.length === 5,
  );
  await first.runtime.stop();
  await bumps(account, 6, 9);
  await until(
    () => world.database.work((sql) => sql.query('select from "Change" where "position" is null')),
    (waiting) => waiting.length === 0,
  );
  const { rows } = await owner.query<{ now: Date }>(`select clock_timestamp() + interval '1 second' as now`);
  const before = fromMillis(rows[0]?.now.getTime() ?? 0);
  while (await purgeSomeChanges(world.database, before, 500));
  await bumps(account, 10, 12);

  const second = await run(listener.plugin);
  await until(
    () => troubles(second, 'was-away'),
    (status) => status?.problems.some(({ message }) => message.includes('CURSOR_EXPIRED')) === true,
  );
  expect(listener.of(account)).toEqual(upTo(5));
  await switchPlugin(world.database, 'was-away', true, instant('2026-11-23T12:00:00Z'));
  await until(
    () => listener.of(account),
    (heard) => heard.length === 8,
  );
  expect(listener.of(account)).toEqual([1, 2, 3, 4, 5, 10, 11, 12]);
  await sequencer.stop();
});
