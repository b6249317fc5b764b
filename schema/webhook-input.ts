import type { WebhookWish } from '../src/webhooks/set-up.ts';
import { builder } from './builder.ts';
import { ChangeFilter, logFilter } from './change-filter.ts';
import { badInput } from './refused.ts';

const mostInOneMessage = 100;
const longestDescription = 200;

export const WebhookInput = builder.inputType('WebhookInput', {
  description: 'A new webhook.',
  fields: (t) => ({
    url: t.string({ required: true, description: 'Where messages are posted: https, without a user or password.' }),
    description: t.string({ description: `What it is for: at most ${longestDescription} characters.` }),
    filter: t.field({ type: ChangeFilter, description: 'Which changes. Left out: every one.' }),
    maxBatch: t.int({
      required: true,
      defaultValue: 1,
      description: `Most changes in one message, 1 to ${mostInOneMessage}: more is faster.`,
    }),
    after: t.field({
      type: 'Cursor',
      description: 'Send what comes after this place of the log. Left out: what happens from now on.',
    }),
  }),
});

export const WebhookUpdate = builder.inputType('WebhookUpdate', {
  description: 'What to change of a webhook. What is left out stays.',
  fields: (t) => ({
    url: t.string({ description: 'Where messages are posted.' }),
    description: t.string({ description: 'What it is for.' }),
    filter: t.field({ type: ChangeFilter, description: 'Which changes; {} is every one.' }),
    maxBatch: t.int({ description: `Most changes in one message, 1 to ${mostInOneMessage}.` }),
  }),
});

type Given = {
  readonly [Member in keyof typeof WebhookUpdate.$inferInput]: (typeof WebhookUpdate.$inferInput)[Member];
};

/** What is said of a webhook, checked. */
export function wishOf({ url, description, filter, maxBatch }: Given): Partial<WebhookWish> {
  if (maxBatch != null && !(maxBatch >= 1 && maxBatch <= mostInOneMessage)) {
    throw badInput('maxBatch', `1 to ${mostInOneMessage}`);
  }
  if (description != null && description.length > longestDescription) {
    throw badInput('description', `at most ${longestDescription} characters`);
  }
  return {
    ...(url != null && { url }),
    ...(description != null && { description }),
    ...(filter != null && { filter: logFilter(filter) }),
    ...(maxBatch != null && { maxBatch }),
  };
}
