import { setTimeout as sleep } from 'node:timers/promises';
import { execute, parse, validate } from 'graphql';
import { schema } from '../../../schema/index.ts';
import { allScopes } from '../../../schema/scopes.ts';
import { showChanges } from '../../../schema/webhook-payload.ts';
import type { OrganisationId } from '../../../src/base/ids.ts';
import { addMillis, type Instant, instant } from '../../../src/base/instant.ts';
import { secretBox } from '../../../src/base/secret-box.ts';
import { hangBell } from '../../../src/change-log/bell-listen.ts';
import { apiKeyHash, apiKeyPrefix, createApiKey } from '../../../src/server/api-key.ts';
import { openDirectory } from '../../../src/server/directory.ts';
import { openLeases } from '../../../src/server/leases.ts';
import { rightsNow } from '../../../src/server/webhooks.ts';
import { keepApiKey } from '../../../src/store/access.ts';
import type { AccountRow } from '../../../src/store/accounts.ts';
import type { Database, Tenant } from '../../../src/store/database.ts';
import { webhooksDue } from '../../../src/store/webhooks.ts';
import { openDesk, type WebhookDesk } from '../../../src/webhooks/desk.ts';
import { openPoster } from '../../../src/webhooks/post.ts';
import { type StepParts, takeStep } from '../../../src/webhooks/step.ts';
import { startWebhookWorker, type WebhookWorker, type WebhookWorkerOptions } from '../../../src/webhooks/worker.ts';
import { fewPlugins } from '../../schema/support/ask.ts';
import { aStory } from '../../schema/support/story.ts';
import { aWorld, tenantOf, type World } from '../../schema/support/world.ts';
import { testKey } from './key.ts';

/** An organisation with a vendor account, and a key that acts for it. */
export interface Vendor {
  readonly organisationId: OrganisationId;
  readonly account: AccountRow;
  readonly tenant: Tenant;
  /** The prefix of its key. */
  readonly key: string;
}

export interface WebhookWorld extends World {
  readonly clock: { now: Instant };
  readonly parts: StepParts;
  readonly desk: WebhookDesk;
  vendor(name: string): Promise<Vendor>;
  /** Another key of the same organisation. */
  key(vendor: Vendor, scopes?: readonly string[]): Promise<Vendor>;
  /** An order is placed: some changes. */
  order(vendor: Vendor, number: string, lines?: number): Promise<void>;
  /** Every change of an account, by id, in order. */
  log(vendor: Vendor): Promise<string[]>;
  run(
    vendor: Vendor,
    operation: string,
    variables?: object,
    scopes?: readonly string[],
    desk?: WebhookDesk,
  ): Promise<Run>;
  /** Make a webhook, and answer with its id and secret. */
  webhook(vendor: Vendor, input: object): Promise<{ readonly id: string; readonly secret: string }>;
  /** What the API says of it. */
  show(vendor: Vendor, id: string): Promise<Shown>;
  /** Deliver all that is due at this moment, one step after the other. */
  deliver(): Promise<void>;
  worker(limits?: WebhookWorkerOptions['limits'], database?: Database): WebhookWorker;
  wait(millis: number): void;
  /** Wait until `enough` holds, looking again and again. */
  until(enough: () => Promise<boolean>): Promise<void>;
}

// Answers have the shape of their queries.
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query
type Loose = any;
export interface Run {
  readonly data: Loose;
  readonly errors: readonly string[];
}
export interface Shown {
  readonly health: Loose;
  readonly cursor: string | null;
  readonly oldSecretUntil: string | null;
  readonly deliveries: { readonly nodes: readonly Loose[] };
}

/** Webhooks as the server runs them, with a clock that stands still until it is moved. */
export async function aWebhookWorld(): Promise<WebhookWorld> {
  const world = await aWorld();
  const { database, changeLog } = world;
  const clock = { now: instant('2026-11-23T12:00:00Z') };
  const box = secretBox([testKey]);
  const rules = { allowHttp: true, allowPrivateAddresses: true };
  const poster = openPoster(rules);
  const desk = openDesk(rules, box, () => clock.now);
  const bell = hangBell(database);
  const leases = openLeases(database);
  const workers: WebhookWorker[] = [];
  const parts: StepParts = {
    database,
    changeLog,
    poster,
    box,
    rightsNow: rightsNow(openDirectory(database, allScopes)),
    show: showChanges,
    now: () => clock.now,
    random: () => 0,
  };
  const keyOf = async (organisationId: OrganisationId, scopes: readonly string[] = allScopes) => {
    const key = createApiKey();
    const prefix = apiKeyPrefix(key);
    await keepApiKey(
      database,
      { organisationId, name: 'test', prefix, secretHash: apiKeyHash(key), scopes },
      clock.now,
    );
    return prefix;
  };
  const run: WebhookWorld['run'] = async (vendor, operation, variables = {}, scopes = allScopes, atDesk = desk) => {
    const document = parse(operation);
    const invalid = validate(schema, document);
    if (invalid.length > 0) throw new Error(invalid.map(({ message }) => message).join('\n'));
    return database.write(vendor.tenant, async (db) => {
      const contextValue = {
        ...fewPlugins,
        db,
        tenant: vendor.tenant,
        scopes: new Set(scopes),
        changeLog,
        requestId: 'test',
        principal: { kind: 'api-key', name: vendor.key },
        webhooks: atDesk,
      };
      const { data, errors = [] } = await execute({
        schema,
        document,
        variableValues: variables as Record<string, unknown>,
        contextValue,
      });
      return {
        data: data == null ? data : JSON.parse(JSON.stringify(data)),
        errors: errors.map(({ extensions, originalError, message }) =>
          String(extensions.code ?? originalError?.stack ?? message),
        ),
      };
    });
  };

  return {
    ...world,
    clock,
    parts,
    desk,
    run,
    vendor: async (name) => {
      const organisationId = await world.organisation(name);
      const account = await world.account(organisationId, { name });
      return { organisationId, account, tenant: tenantOf(organisationId, [account]), key: await keyOf(organisationId) };
    },
    key: async (vendor, scopes) => ({ ...vendor, key: await keyOf(vendor.organisationId, scopes) }),
    order: ({ account }, number, lines = 2) => world.tell(account, aStory({ number, lines, until: 'acknowledged' })),
    log: async (vendor) => {
      const { data } = await run(vendor, '{ changes(first: 250) { changes { id } } }');
      return data.changes.changes.map(({ id }: { id: string }) => id);
    },
    webhook: async (vendor, input) => {
      const { data, errors } = await run(
        vendor,
        `mutation ($input: WebhookInput!) { createWebhook(input: $input) {
           ... on WebhookWithSecret { secret webhook { id } } ... on Refused { code because } } }`,
        { input },
      );
      if (errors.length > 0 || data.createWebhook.code) throw new Error(JSON.stringify({ data, errors }));
      return { id: data.createWebhook.webhook.id, secret: data.createWebhook.secret };
    },
    show: async (vendor, id) => {
      const { data, errors } = await run(
        vendor,
        `query ($id: ID!) { node(id: $id) { ... on Webhook {
           health { state reason failures failingSince retryAt deliveredAt } cursor oldSecretUntil
           deliveries(first: 50) { nodes { messageId test attempt changes cursor at durationMillis arrived status error response } }
         } } }`,
        { id },
      );
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data.node;
    },
    deliver: async () => {
      const { signal } = new AbortController();
      const never = { stopping: signal, cut: signal };
      for (;;) {
        const due = await webhooksDue(database, clock.now, 50);
        if (due.length === 0) return;
        for (const webhook of due) while ((await takeStep(parts, webhook, never)) === 'more');
      }
    },
    worker: (limits, reached = database) => {
      const started = startWebhookWorker({
        ...parts,
        database: reached,
        leases,
        bell,
        log: { warn: () => {} },
        limits: { poll: 20, breath: 5, ...limits },
      });
      workers.push(started);
      return started;
    },
    wait: (millis) => {
      clock.now = addMillis(clock.now, millis);
    },
    until: async (enough) => {
      while (!(await enough())) await sleep(10);
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
      await leases.close();
      await bell.close();
      poster.close();
      await world.close();
    },
  };
}
