import type { FeedCursor, ChangeFilter as LogFilter } from '../src/change-log/change-log.ts';
import type { deliveryErrors, stopReasons } from '../src/store/webhook-rows.ts';
import { type Standing, type WebhookState as State, standingOf, stateOf } from '../src/webhooks/standing.ts';
import { builder } from './builder.ts';
import { ChangeKind, Severity } from './change-kinds.ts';
import { encodeId, isUuid } from './ids.ts';
import { pageOf } from './paging.ts';

/** Whoever may set webhooks up may see them, too: answers of mutations show them. */
const seesWebhooks = { $any: { 'webhook:read': true, 'webhook:write': true } };

const WebhookState = builder.enumType('WebhookState', {
  description: 'How a webhook is doing, in one word.',
  values: {
    ACTIVE: { description: 'What happens is sent.' },
    FAILING: {
      description: 'The last message did not arrive. It is tried again at `retryAt`; what comes after it waits.',
    },
    STOPPED: { description: 'Nothing is sent any more, for the `reason` given. Nothing is lost: resume it.' },
    PAUSED: { description: 'Somebody paused it. Nothing is lost: resume it.' },
  } satisfies Record<State, { description: string }>,
});

const troubles: Readonly<Record<(typeof deliveryErrors)[number] | (typeof stopReasons)[number], string>> = {
  NAME_NOT_FOUND: 'The name in the address leads nowhere.',
  CONNECTION_FAILED: 'No connection could be made, or it broke.',
  TLS_FAILED: 'The certificate is not valid for the address, or the connection could not be secured.',
  TIMED_OUT: 'There was no answer within 15 seconds.',
  REDIRECTED: 'The answer was a redirect. Redirects are not followed: write the new address.',
  BAD_STATUS: 'The answer was not 2xx.',
  GONE: 'The answer was 410: the receiver wants nothing more.',
  ADDRESS_REFUSED: 'The address leads where webhooks may not go: into a private network, or over plain http.',
  SECRET_UNREADABLE: 'The secret cannot be read with the keys of this installation: rotate it.',
  GAVE_UP: 'It failed for more than three days.',
  RIGHTS_GONE: 'The key that set it up was revoked, is over, or may not read changes any more. Resume it with another.',
  CURSOR_UNUSABLE: 'The log cannot be read from where it stood. Replay it from another place.',
};

const WebhookTrouble = builder.enumType('WebhookTrouble', {
  description: 'Why a message did not arrive, or why nothing is sent.',
  values: Object.fromEntries(Object.entries(troubles).map(([name, description]) => [name, { description }])) as {
    readonly [Name in keyof typeof troubles]: { description: string };
  },
});

interface HealthShape extends Standing {
  readonly state: State;
}

const WebhookHealth = builder.objectRef<HealthShape>('WebhookHealth').implement({
  description: 'How a webhook is doing.',
  authScopes: seesWebhooks,
  fields: (t) => ({
    state: t.field({ type: WebhookState, description: 'In one word.', resolve: ({ state }) => state }),
    reason: t.field({
      type: WebhookTrouble,
      nullable: true,
      description: 'Why it fails or stopped; null while all is well.',
      resolve: ({ reason }) => reason as keyof typeof troubles | null,
    }),
    failures: t.exposeInt('failures', { description: 'Failures since the last success.' }),
    failingSince: t.expose('failingSince', {
      type: 'Instant',
      nullable: true,
      description: 'When the first of them was; null while all is well.',
    }),
    retryAt: t.expose('retryAt', {
      type: 'Instant',
      nullable: true,
      description: 'When the message is tried again; null when it is not. Resume the webhook to try at once.',
    }),
    deliveredAt: t.expose('deliveredAt', {
      type: 'Instant',
      nullable: true,
      description: 'When a message last arrived; null when none ever did.',
    }),
  }),
});

const WebhookFilter = builder.objectRef<LogFilter>('WebhookFilter').implement({
  description: 'Which changes are sent. Every member narrows; null does not.',
  authScopes: seesWebhooks,
  fields: (t) => ({
    accounts: t.idList({
      nullable: true,
      description: 'Of these accounts, by their ids.',
      resolve: ({ accountIds }) => accountIds?.map((id) => encodeId('VendorAccount', [id])) ?? null,
    }),
    kinds: t.field({
      type: [ChangeKind],
      nullable: true,
      description: 'Of these kinds.',
      resolve: ({ kinds }) => kinds && [...kinds],
    }),
    severities: t.field({
      type: [Severity],
      nullable: true,
      description: 'That matter this much.',
      resolve: ({ severities }) => severities && [...severities],
    }),
    orderNumbers: t.stringList({
      nullable: true,
      description: 'About these orders.',
      resolve: ({ orderNumbers }) => orderNumbers && [...orderNumbers],
    }),
    sites: t.stringList({
      nullable: true,
      description: 'At these sites.',
      resolve: ({ sites }) => sites && [...sites],
    }),
    invoiceNumbers: t.stringList({
      nullable: true,
      description: 'About these invoices.',
      resolve: ({ invoiceNumbers }) => invoiceNumbers && [...invoiceNumbers],
    }),
    asins: t.stringList({
      nullable: true,
      description: 'About these products.',
      resolve: ({ asins }) => asins && [...asins],
    }),
  }),
});

builder.prismaObject('WebhookDelivery', {
  description: 'One attempt to deliver one message.',
  authScopes: seesWebhooks,
  fields: (t) => ({
    messageId: t.exposeString('messageId', {
      description: 'The header webhook-id: the same for every attempt of a message.',
    }),
    test: t.exposeBoolean('test', { description: 'Whether it was a test message.' }),
    attempt: t.exposeInt('attempt', { description: '1 for the first try of the message, 2 for the second, …' }),
    changes: t.exposeInt('changes', { description: 'How many changes the message held.' }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'Where the log stands after them; null for a test.',
      resolve: ({ cursor }) => cursor as FeedCursor | null,
    }),
    at: t.expose('at', { type: 'Instant', description: 'When it was sent.' }),
    durationMillis: t.exposeInt('millis', { description: 'How long it took, in milliseconds.' }),
    arrived: t.boolean({
      description: 'Whether the receiver took it: an answer of 2xx.',
      resolve: ({ error }) => error === null,
    }),
    status: t.exposeInt('status', { nullable: true, description: 'HTTP status; null when there was no answer.' }),
    error: t.field({
      type: WebhookTrouble,
      nullable: true,
      description: 'Why it did not arrive; null when it did.',
      resolve: ({ error }) => error as keyof typeof troubles | null,
    }),
    response: t.exposeString('response', { description: 'How the answer begins: at most 500 characters.' }),
  }),
});

const noOne = '00000000-0000-0000-0000-000000000000';

export const Webhook = builder.prismaNode('Webhook', {
  description: 'An address to which changes are sent as they happen, signed, in order, each until it arrived.',
  id: {
    resolve: ({ organisationId, id }) => JSON.stringify([organisationId, id]),
    description: 'Opaque id, the same for ever.',
  },
  findUnique: (key) => {
    // An id may be made up of whatever fits into one.
    const [organisationId = noOne, id = ''] = key.startsWith('[') ? (JSON.parse(key) as string[]) : [];
    return { organisationId_id: { organisationId, id: isUuid(id) ? id : noOne }, deletedAt: null };
  },
  nullable: true,
  authScopes: seesWebhooks,
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Where messages are posted.' }),
    description: t.exposeString('description', { description: 'What it is for, in the words of who made it.' }),
    filter: t.field({
      type: WebhookFilter,
      description: 'Which changes are sent.',
      resolve: ({ filter }) => filter as LogFilter,
    }),
    maxBatch: t.exposeInt('maxBatch', { description: 'Most changes in one message.' }),
    createdAt: t.expose('createdAt', { type: 'Instant', description: 'When it was made.' }),
    health: t.field({
      type: WebhookHealth,
      description: 'How it is doing.',
      select: { progress: true },
      resolve: (webhook) => {
        const standing = standingOf(webhook, webhook.progress && { ...webhook.progress });
        return { ...standing, state: stateOf(webhook, standing) };
      },
    }),
    cursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'After the last change that was delivered or passed over; null before the first.',
      select: { progress: true },
      resolve: (webhook) => standingOf(webhook, webhook.progress).cursor as FeedCursor | null,
    }),
    oldSecretUntil: t.field({
      type: 'Instant',
      nullable: true,
      description: 'Until when messages are signed with the secret before the last as well; null when there is none.',
      select: { secrets: { select: { expiresAt: true } } },
      resolve: ({ secrets }, _args, { webhooks }) => {
        const until = secrets.find(({ expiresAt }) => expiresAt !== null)?.expiresAt ?? null;
        return until !== null && until > new Date(webhooks.now()) ? until : null;
      },
    }),
    deliveries: t.relatedConnection(
      'deliveries',
      {
        cursor: 'organisationId_webhookId_number',
        description: 'Attempts to deliver, the newest first. The newest thousand are kept.',
        query: { orderBy: { number: 'desc' } },
      },
      ...pageOf('WebhookDelivery'),
    ),
  }),
});

builder.queryField('webhooks', (t) =>
  t.prismaConnection(
    {
      type: Webhook,
      cursor: 'organisationId_id',
      nullable: true,
      description: 'The webhooks of the organisation, oldest first.',
      authScopes: { 'webhook:read': true },
      resolve: (query, _root, _args, { db }) =>
        db.webhook.findMany({ ...query, where: { deletedAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
    },
    ...pageOf('Webhook'),
  ),
);
