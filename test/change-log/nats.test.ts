import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eaches } from '../../src/base/eaches.ts';
import type { PurchaseOrderNumber } from '../../src/base/ids.ts';
import { fromMillis } from '../../src/base/instant.ts';
import type { HungBell } from '../../src/change-log/bell.ts';
import { hangNatsBell } from '../../src/change-log/bell-nats.ts';
import { type OpenChangeLog, openChangeLog } from '../../src/change-log/open.ts';
import { type Sequencer, startSequencer } from '../../src/change-log/sequencer.ts';
import { aLine, anOrder } from '../builders/facts.ts';
import { acorn } from '../server/support/process.ts';
import { feedProof } from '../support/feed-proof.ts';
import { type NatsCluster, natsCluster, natsServer } from '../support/nats-cluster.ts';
import { recordFacts } from '../support/record.ts';
import { until } from '../support/until.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

if (natsServer === undefined) console.log('nats-server is not installed; tests of the bell by NATS are skipped');

/** Longer than any test: what comes earlier came by a ring. */
const never = 600_000;

describe.skipIf(natsServer === undefined)('a bell by a cluster of three NATS servers', () => {
  let world: TestWorld;
  let cluster: NatsCluster;
  let account: TestAccount;
  let sequencer: Sequencer;
  const bells: HungBell[] = [];
  const logs: OpenChangeLog[] = [];
  let written = 0;

  beforeAll(async () => {
    world = await testWorld();
    account = await world.account('Rung');
    cluster = await natsCluster(natsServer ?? '');
    await cluster.ready();
    // The process that numbers is none of those that follow.
    const tolling = bellOf({});
    sequencer = startSequencer(world.database, { onNumbered: tolling.tell });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(logs.map((log) => log.close()));
    await sequencer?.stop();
    await Promise.all(bells.map((bell) => bell.close()));
    await cluster?.stop();
    await world?.close();
  });

  function bellOf({ pollMillis = never, troubles = [] as unknown[] }): HungBell {
    const bell = hangNatsBell(world.database, {
      servers: cluster.servers,
      replicas: 3,
      pollMillis,
      onTrouble: (cause) => troubles.push(cause),
    });
    bells.push(bell);
    return bell;
  }

  const write = async (): Promise<void> => {
    written += 1;
    const fact = anOrder({
      orderNumber: 'NATSNATS' as PurchaseOrderNumber,
      asOf: fromMillis(Date.UTC(2026, 8, 1) + written * 60_000),
      lines: [aLine({ ordered: eaches(written) })],
    });
    await recordFacts(world, account, [fact]);
  };

  /** A gateway that follows, with the proof of what it saw. It looks for itself only when its bell does. */
  async function follower(bell: HungBell) {
    const log = await openChangeLog(world.database, { bell, heartbeatMillis: never });
    logs.push(log);
    const feed = log.follow(account.tenant, { limit: 50 });
    if (!feed.ok) throw new Error('no cursor was given');
    const proof = feedProof();
    const ids: string[] = [];
    const reading = (async () => {
      for await (const { changes } of feed.value) {
        proof.take(changes.map(({ id, sequence }) => ({ account: 'Rung', sequence: `${sequence}`, id: `${id}` })));
        ids.push(...changes.map(({ id }) => String(id)));
      }
    })();
    return { proof, reading, log, seen: () => proof.findings().seen };
  }

  test('rings reach gateways that have no listening connection, a node dies mid-stream, and nothing is lost', async () => {
    const followers = [await follower(bellOf({})), await follower(bellOf({}))];
    // A cluster that has just begun takes its time to give a stream a leader; before that there is nobody to kill.
    await until(async () => ((await ringsOf(cluster, world).catch(() => undefined))?.hearers ?? 0) >= 2, 60_000);
    await write();
    await until(() => followers.every(({ seen }) => seen() === written), 30_000);

    let killed = false;
    const writing = (async () => {
      for (let n = 0; n < 60; n += 1) {
        await write();
        if (n === 20) {
          await cluster.kill(await leaderOfStream(cluster));
          killed = true;
        }
      }
    })();
    await writing;
    expect(killed).toBe(true);
    // Nobody looks for himself here, so the last one comes by a ring through the two servers that are left.
    await until(async () => {
      if (followers.every(({ seen }) => seen() === written)) return true;
      await write();
      await new Promise((resolve) => setTimeout(resolve, 200));
      return false;
    }, 60_000);
    for (const { proof } of followers) expect(proof.findings()).toEqual({ seen: written, lost: [], repeated: [] });
  }, 180_000);

  test('with all servers away the bell rings for what it sees, says so once, and rings again when they are back', async () => {
    const troubles: unknown[] = [];
    const bell = bellOf({ pollMillis: 100, troubles });
    const watching = await follower(bell);
    await until(() => watching.seen() === written, 30_000);
    await Promise.all([0, 1, 2].map((index) => cluster.kill(index)));
    for (let n = 0; n < 5; n += 1) await write();
    await until(() => watching.seen() === written, 30_000);

    for (const index of [0, 1, 2]) cluster.start(index);
    await cluster.ready();
    const listening = await follower(bellOf({}));
    await until(async () => {
      const before = written;
      await write();
      await new Promise((resolve) => setTimeout(resolve, 300));
      return listening.seen() > before;
    }, 60_000);
    expect(watching.proof.findings()).toMatchObject({ lost: [], repeated: [] });
    expect(troubles.length).toBeLessThan(10);
  }, 120_000);

  test('a gateway whose configuration names the servers tells and hears by them', async () => {
    const own = await testWorld();
    // Databases of tests are copies of one; an installation's own feed has its own name.
    const owner = new pg.Client({ connectionString: own.url });
    await owner.connect();
    await owner.query('update "Feed" set "id" = gen_random_uuid()');
    await owner.end();
    const folder = mkdtempSync(join(tmpdir(), 'acorn-rung-'));
    const config = { bell: { nats: { servers: cluster.servers } } };
    writeFileSync(join(folder, 'acorn.config.ts'), `export default ${JSON.stringify(config)};`);
    const gateway = acorn(['start'], { DATABASE_URL: own.url, PORT: '0', ACORN_DATA: join(folder, 'data') }, folder);
    try {
      await gateway.says(/"msg":"ready"/, 60_000);
      await until(async () => (await ringsOf(cluster, own))?.hearers === 1, 30_000);
      await recordFacts(own, await own.account('Told'), [anOrder()]);
      await until(async () => (await ringsOf(cluster, own))?.rings === 1, 30_000);
    } finally {
      expect(await gateway.stop()).toBe(0);
      rmSync(folder, { recursive: true, force: true });
      await own.close();
    }
  }, 120_000);
});

/** What the brokers keep for the installation of one database. */
async function ringsOf({ servers }: NatsCluster, { database }: TestWorld) {
  const [feed] = await database.work((sql) => sql.query<{ id: string }>('select "id" from "Feed"'));
  const connection = await connect({ servers: [...servers] });
  try {
    for await (const { config, state } of (await jetstreamManager(connection)).streams.list()) {
      if (config.name.endsWith(`${feed?.id}`)) return { rings: state.messages, hearers: state.consumer_count };
    }
    return undefined;
  } finally {
    await connection.close();
  }
}

/** The server that leads the stream of rings: the worst one to lose. */
async function leaderOfStream({ servers }: NatsCluster): Promise<number> {
  const connection = await connect({ servers: [...servers] });
  try {
    const [stream] = await (await jetstreamManager(connection)).streams.list().next();
    expect(stream?.config.num_replicas).toBe(3);
    const index = Number(stream?.cluster?.leader?.slice(1));
    expect([0, 1, 2]).toContain(index);
    return index;
  } finally {
    await connection.close();
  }
}
