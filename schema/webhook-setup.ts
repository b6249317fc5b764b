import { invariant } from '../src/base/invariant.ts';
import type { FeedCursor } from '../src/change-log/change-log.ts';
import type { WebhookKey } from '../src/store/webhook-rows.ts';
import {
  createWebhook,
  deleteWebhook,
  pauseWebhook,
  replayWebhook,
  resumeWebhook,
  rotateSecret,
  type SecretShown,
  type SettingUp,
  testWebhook,
  updateWebhook,
} from '../src/webhooks/set-up.ts';
import { builder } from './builder.ts';
import type { Context } from './context.ts';
import { encodeId } from './ids.ts';
import { badInput } from './refused.ts';
import { Refused } from './refused-type.ts';
import { Webhook } from './webhook.ts';
import { WebhookInput, WebhookUpdate, wishOf } from './webhook-input.ts';
import { orRefused, ownId } from './webhook-refusals.ts';

/** What a webhook sends is the log, so nobody sets one up who may not read it. */
const setsUp = { 'webhook:write': true, 'change:read': true } as const;
const longestOverlap = 7 * 24;
const hour = 3_600_000;

const WebhookSetUp = builder.objectRef<WebhookKey>('WebhookSetUp').implement({
  description: 'A webhook, as it is set up now.',
  authScopes: setsUp,
  fields: (t) => ({
    webhook: t.prismaField({
      type: Webhook,
      description: 'The webhook.',
      resolve: (query, { organisationId, id }, _args, { db }) =>
        db.webhook.findUniqueOrThrow({ ...query, where: { organisationId_id: { organisationId, id } } }),
    }),
  }),
});

const WebhookWithSecret = builder.objectRef<SecretShown>('WebhookWithSecret').implement({
  description: 'A webhook and its new secret.',
  authScopes: setsUp,
  fields: (t) => ({
    secret: t.exposeString('secret', {
      description:
        'What its messages are signed with, beginning with whsec_. Shown this once: it is kept encrypted, and never shown again.',
    }),
    webhook: t.prismaField({
      type: Webhook,
      description: 'The webhook.',
      resolve: (query, { key: { organisationId, id } }, _args, { db }) =>
        db.webhook.findUniqueOrThrow({ ...query, where: { organisationId_id: { organisationId, id } } }),
    }),
  }),
});

const WebhookTest = builder.objectRef<{ readonly messageId: string }>('WebhookTest').implement({
  description: 'A test message that is on its way.',
  authScopes: setsUp,
  fields: (t) => ({
    messageId: t.exposeString('messageId', {
      description: 'Its webhook-id. What came of it is among the deliveries of the webhook, within seconds.',
    }),
  }),
});

const WebhookDeleted = builder.objectRef<WebhookKey>('WebhookDeleted').implement({
  description: 'A webhook is gone.',
  authScopes: setsUp,
  fields: (t) => ({
    id: t.id({
      description: 'The id it had. A message that was under way may still arrive.',
      resolve: ({ organisationId, id }) => encodeId('Webhook', [organisationId, id]),
    }),
  }),
});

function settingUp({ db, webhooks, tenant: { organisationId }, principal: { kind, name } }: Context): SettingUp {
  invariant(organisationId !== undefined, 'whoever asks belongs to an organisation');
  return { db, desk: webhooks, organisationId, owner: { kind, name } };
}

/** A place in the log that somebody names, if it is one. */
async function ownCursor(after: FeedCursor, { changeLog, db }: Context): Promise<FeedCursor> {
  const found = await changeLog.page(db, { after, limit: 1 });
  if (!found.ok) throw new Refused('CURSOR_NOT_OURS', 'after: not a cursor of this installation');
  return after;
}

const answers = (name: string) => ({
  types: [Refused],
  directResult: true as const,
  union: { name, description: 'What came of it.' },
});

builder.mutationFields((t) => ({
  createWebhook: t.field({
    type: WebhookWithSecret,
    nullable: true,
    description:
      'Have changes posted to an address as they happen. It delivers what the key that sets it up may see, for as long as that key may.',
    authScopes: setsUp,
    errors: answers('CreateWebhookResult'),
    args: { input: t.arg({ type: WebhookInput, required: true, description: 'The webhook.' }) },
    resolve: async (_root, { input }, context) => {
      const { url, description = '', filter = {}, maxBatch = 1 } = { ...wishOf(input), url: input.url };
      const after =
        input.after == null ? await context.changeLog.head(context.db) : await ownCursor(input.after, context);
      return orRefused(await createWebhook(settingUp(context), { url, description, filter, maxBatch }, after));
    },
  }),
  updateWebhook: t.field({
    type: WebhookSetUp,
    nullable: true,
    description:
      'Change a webhook. It goes on where it was, by the rights of the key that changes it, and is tried at once if it failed or had stopped.',
    authScopes: setsUp,
    errors: answers('UpdateWebhookResult'),
    args: {
      id: t.arg.id({ required: true, description: 'Its id.' }),
      input: t.arg({ type: WebhookUpdate, required: true, description: 'What to change.' }),
    },
    resolve: async (_root, { id, input }, context) => {
      const by = settingUp(context);
      return orRefused(await updateWebhook(by, ownId(id, by), wishOf(input)));
    },
  }),
  pauseWebhook: t.field({
    type: WebhookSetUp,
    nullable: true,
    description: 'Send nothing until it is resumed. What happens meanwhile is sent then.',
    authScopes: setsUp,
    errors: answers('PauseWebhookResult'),
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, { id }, context) => {
      const by = settingUp(context);
      return orRefused(await pauseWebhook(by, ownId(id, by)));
    },
  }),
  resumeWebhook: t.field({
    type: WebhookSetUp,
    nullable: true,
    description:
      'Go on where it was, at once: whether it was paused, had stopped, or waits to try again. From now on by the rights of the key that resumes it.',
    authScopes: setsUp,
    errors: answers('ResumeWebhookResult'),
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, { id }, context) => {
      const by = settingUp(context);
      return orRefused(await resumeWebhook(by, ownId(id, by)));
    },
  }),
  replayWebhook: t.field({
    type: WebhookSetUp,
    nullable: true,
    description:
      'Set its cursor back, or forth: everything after a place is sent, with the same ids as the first time. A webhook that had stopped goes on; a paused one does when it is resumed.',
    authScopes: setsUp,
    errors: answers('ReplayWebhookResult'),
    args: {
      id: t.arg.id({ required: true, description: 'Its id.' }),
      after: t.arg({ type: 'Cursor', description: 'After this place. Left out: from the very first change.' }),
    },
    resolve: async (_root, { id, after }, context) => {
      const by = settingUp(context);
      const place = after == null ? undefined : await ownCursor(after, context);
      return orRefused(await replayWebhook(by, ownId(id, by), place));
    },
  }),
  rotateWebhookSecret: t.field({
    type: WebhookWithSecret,
    nullable: true,
    description:
      'Sign with a new secret. The one before signs beside it for a while, so that receivers can be changed without a message lost.',
    authScopes: setsUp,
    errors: answers('RotateWebhookSecretResult'),
    args: {
      id: t.arg.id({ required: true, description: 'Its id.' }),
      keepOldHours: t.arg.int({
        required: true,
        defaultValue: 24,
        description: `How long the old secret signs as well: 0, when it is known to somebody it should not be, to ${longestOverlap} hours.`,
      }),
    },
    resolve: async (_root, { id, keepOldHours }, context) => {
      if (!(keepOldHours >= 0 && keepOldHours <= longestOverlap))
        throw badInput('keepOldHours', `0 to ${longestOverlap}`);
      const by = settingUp(context);
      return orRefused(await rotateSecret(by, ownId(id, by), keepOldHours * hour));
    },
  }),
  testWebhook: t.field({
    type: WebhookTest,
    nullable: true,
    description: 'Have a signed test message sent, whatever state the webhook is in.',
    authScopes: setsUp,
    errors: answers('TestWebhookResult'),
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, { id }, context) => {
      const by = settingUp(context);
      return orRefused(await testWebhook(by, ownId(id, by)));
    },
  }),
  deleteWebhook: t.field({
    type: WebhookDeleted,
    nullable: true,
    description: 'Remove a webhook with its secret and its deliveries.',
    authScopes: setsUp,
    errors: answers('DeleteWebhookResult'),
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: async (_root, { id }, context) => {
      const by = settingUp(context);
      return orRefused(await deleteWebhook(by, ownId(id, by)));
    },
  }),
}));
