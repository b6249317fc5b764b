import { lexicographicSortSchema, printSchema } from 'graphql';
import type { GraphiQLOptions } from 'graphql-yoga';
import { fromMillis, type Instant } from '../base/instant.ts';
import { hangBell } from '../change-log/bell-listen.ts';
import { hangNatsBell } from '../change-log/bell-nats.ts';
import { openChangeLog } from '../change-log/open.ts';
import { startRetention } from '../change-log/retention.ts';
import { startSequencer } from '../change-log/sequencer.ts';
import type { Composition } from '../plugin-host/composition.ts';
import { guardSites, guardSlots } from '../plugin-host/guarded-sites.ts';
import type { PluginGate } from '../plugin-host/schema/gate.ts';
import type { Database } from '../store/database.ts';
import { accessServices } from './access.ts';
import { createAuthenticator } from './authenticate.ts';
import { rightsOf } from './composition.ts';
import type { Configuration } from './config.ts';
import { openDirectory } from './directory.ts';
import { exportRoute } from './export/route.ts';
import { createGateway } from './gateway.ts';
import { listenHttp } from './http.ts';
import { openLeases } from './leases.ts';
import { openLiveFeeds } from './live-feeds.ts';
import type { AcornLog } from './log.ts';
import type { Services } from './operation-context.ts';
import { type ConnectedAccount, openPlatform, type Platform, wallClock } from './platform.ts';
import { boardOf } from './plugin-board.ts';
import { gateOf } from './plugin-gate.ts';
import { bringPluginsUp } from './plugin-runtime.ts';
import { readiness } from './readiness.ts';
import { parkedDocumentRetry } from './services.ts';
import { tokenVerifier } from './token.ts';
import { openWebhooks } from './webhooks.ts';
import { serveWebSockets } from './websocket.ts';
import { startPoller } from './workers.ts';

/** How long a stop may take, in milliseconds (R14). What is not finished a little earlier is cut. */
export const stopMillis = 10_000;
const drainMillis = 7_000;

/** What a start brings beside the configuration: its accounts, and how long it may take them to be ready. */
export interface Prepared {
  readonly accounts: readonly ConnectedAccount[];
  readonly pollMillis: number;
  readonly now: () => Instant;
  readonly graphiql?: GraphiQLOptions;
  readonly stop: () => Promise<void>;
}

export interface StartOptions {
  readonly config: Configuration;
  readonly acornLog: AcornLog;
  /** The core and its plugins, fitting together. */
  readonly composition: Composition;
  /** A line for the person who starts it: a migration, an orphan stopped. */
  readonly say: (line: string) => void;
  /** Runs when the database is up and the change log is being numbered, before anybody is answered. */
  readonly prepare: (database: Database) => Promise<Prepared>;
}

export interface Acorn {
  /** Where GraphQL is: `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly platform: Platform;
  /** Drain and stop everything, last started first. Twice is once. */
  stop(): Promise<void>;
}

/**
 * Bring everything up, in the order in which it can go wrong for reasons an operator can mend: the port, the
 * database, its migrations, the accounts. What was started is stopped again when the next thing fails.
 */
export async function startAcorn({ config, acornLog, composition, say, prepare }: StartOptions): Promise<Acorn> {
  const { log, hide } = acornLog;
  const undo: (() => Promise<unknown> | unknown)[] = [];
  const stopAll = async () => {
    for (const step of undo.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        log.warn({ err: error }, 'something did not stop as it should');
      }
    }
  };

  try {
    const http = await listenHttp(config, log);
    undo.push(() => http.drain(0));
    const platform = await openPlatform(config, { log: say });
    undo.push(() => platform.close());
    for (const secret of passwordsIn(platform.databaseUrl)) hide(secret);
    const { database } = platform;

    const bell =
      config.bell.nats === undefined
        ? hangBell(database)
        : hangNatsBell(database, {
            ...config.bell.nats,
            onTrouble: (cause) =>
              log.warn({ err: cause }, 'the brokers do not say when the change log grows; it is looked at instead'),
          });
    undo.push(() => bell.close());
    const changeLog = await openChangeLog(database, { bell });
    undo.push(() => changeLog.close());
    const sequencer = startSequencer(database, {
      onTrouble: (cause) => log.warn({ err: cause }, 'the change log waits for numbers'),
      onLeading: () => log.info('this process numbers the change log'),
      onNumbered: bell.tell,
    });
    undo.push(() => sequencer.stop());

    undo.push(
      startRetention({
        database,
        keepDays: config.keepDays,
        now: wallClock,
        onTrouble: (cause) => log.warn({ err: cause }, 'old changes are not removed just now'),
      }),
    );

    const prepared = await prepare(database);
    undo.push(() => prepared.stop());

    let gate: PluginGate | undefined;
    const plugins = await bringPluginsUp({
      platform,
      bell,
      composition,
      acornLog,
      say,
      now: prepared.now,
      breakerOf: (id) => gate?.breakerOf(id) ?? 'CLOSED',
    });
    undo.push(() => plugins.stop());
    gate = gateOf(composition, plugins, log);

    const leases = openLeases(database);
    undo.push(() => leases.close());
    const directory = openDirectory(database, rightsOf(composition));
    const webhooks = openWebhooks({ config, database, directory, changeLog, bell, leases, log });
    undo.push(() => webhooks.close());

    const now = Date.now;
    const authenticator = createAuthenticator({
      directory,
      verifyToken: tokenVerifier(config.issuers),
      now,
    });
    const feeds = openLiveFeeds({ authenticator, now, log, limits: config.limits });
    const services: Services = {
      changeLog,
      retryParked: parkedDocumentRetry(database, composition.connectors, prepared.now),
      sites: guardSites(composition.plugins, gate),
      slots: guardSlots(composition, gate),
      plugins: gate,
      board: boardOf(composition, plugins.board),
      webhooks: webhooks.desk,
      access: accessServices(database, rightsOf(composition), wallClock),
    };
    const gateway = createGateway({
      schemaFor: composition.schemaFor,
      database,
      feeds,
      log,
      services,
      graphiql: { title: 'Acorn', ...prepared.graphiql },
      allowedOrigins: config.allowedOrigins,
    });
    const sockets = serveWebSockets({ server: http.server, gateway, authenticator, feeds, log, now });
    const sdl = printSchema(lexicographicSortSchema(composition.schema));
    const exports = exportRoute({ database, services, feeds });
    http.open({ gateway, authenticator, feeds, exports, sdl, readiness: () => readiness(database) });

    const pollers = prepared.accounts.map((connected) =>
      startPoller({ database, leases, connected, everyMillis: prepared.pollMillis, log, now: prepared.now }),
    );
    undo.push(async () => {
      log.info({ feeds: feeds.size }, 'stopping');
      sockets.refuse();
      feeds.stop();
      const pollersStopped = Promise.all(pollers.map((poller) => poller.stop()));
      feeds.drain();
      await Promise.all([http.drain(drainMillis), sockets.close(drainMillis), pollersStopped, webhooks.close()]);
      await gateway.dispose();
    });

    let stopped: Promise<void> | undefined;
    return {
      url: `http://${shown(config.host)}:${http.port}/graphql`,
      platform,
      stop: () => {
        stopped ??= stopAll();
        return stopped;
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** What runs without a demo: the accounts of the configuration. */
export const fromConfiguration = (
  accounts: readonly ConnectedAccount[],
  pollSeconds: number | undefined,
): Prepared => ({ accounts, pollMillis: (pollSeconds ?? 300) * 1_000, now: wallClock, stop: async () => {} });

/** The demo's time is its simulator's. */
export const timeOf = (clock: { now(): number }) => (): Instant => fromMillis(clock.now());

/** An address to click on: "everywhere" is not one. */
const shown = (host: string) =>
  host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;

const passwordsIn = (url: string): string[] => {
  if (!URL.canParse(url)) return [];
  const { password } = new URL(url);
  return password === '' ? [] : [password, decodeURIComponent(password)];
};
