import { invariant } from '../src/base/invariant.ts';
import type { ChangeBatch as ChangeBatchValue, ChangeFilter as LogFilter } from '../src/change-log/change-log.ts';
import { builder } from './builder.ts';
import { Change } from './change.ts';
import { ChangeKind, Severity } from './change-kinds.ts';
import { accountIdsOf } from './ids.ts';
import { maxPageSize } from './limits.ts';
import { refused } from './refused.ts';

const ChangeBatch = builder.objectRef<ChangeBatchValue>('ChangeBatch').implement({
  description: 'Some changes, oldest first, and where to go on.',
  authScopes: { 'change:read': true },
  fields: (t) => ({
    changes: t.field({
      type: [Change],
      description: 'The changes. May be empty: the cursor moves on even when a filter let nothing through.',
      resolve: ({ changes }) => [...changes],
    }),
    cursor: t.expose('cursor', {
      type: 'Cursor',
      description:
        'Where to go on. Store it together with what you did about the changes, and each has its effect once.',
    }),
    caughtUp: t.exposeBoolean('caughtUp', { description: 'Whether this reached the end of the log as it stood.' }),
  }),
});

export const ChangeFilter = builder.inputType('ChangeFilter', {
  description: 'Which changes. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    kinds: t.field({ type: [ChangeKind], description: 'Of these kinds.' }),
    severities: t.field({ type: [Severity], description: 'That matter this much.' }),
    orderNumbers: t.stringList({ description: 'About these orders.' }),
    asins: t.stringList({ description: 'About these products.' }),
  }),
});

/** The filter as the log reads it. */
export function filterOf(given: typeof ChangeFilter.$inferInput | null | undefined): { filter?: LogFilter } {
  if (given == null) return {};
  const accountIds = accountIdsOf(given.accounts, 'accounts');
  return {
    filter: {
      ...(accountIds !== undefined && { accountIds }),
      ...(given.kinds != null && { kinds: given.kinds }),
      ...(given.severities != null && { severities: given.severities }),
      ...(given.orderNumbers != null && { orderNumbers: given.orderNumbers }),
      ...(given.asins != null && { asins: given.asins }),
    },
  };
}

const notOurs = () => refused('CURSOR_NOT_OURS', 'after: not a cursor of this installation', { argument: 'after' });

const tooMuchOfThePast = (limit: number, waitMillis: number) =>
  refused('REPLAY_LIMIT_REACHED', `this key has read its ${limit} changes of a minute; go on a little later`, {
    limit,
    retryAfterSeconds: Math.ceil(waitMillis / 1_000),
    retryable: true,
  });

function checkSize(size: number, argument: string): void {
  if (size < 1 || size > maxPageSize) {
    throw refused('PAGE_SIZE_OUT_OF_RANGE', `${argument}: 1 to ${maxPageSize}, not ${size}`, { maximum: maxPageSize });
  }
}

builder.queryFields((t) => ({
  changeHead: t.field({
    type: 'Cursor',
    nullable: true,
    description:
      'The end of the log, as this answer sees it. Asked beside other fields, it is where to subscribe from without a hole: what is not in the answer comes after.',
    authScopes: { 'change:read': true },
    resolve: (_root, _args, { changeLog, db }) => changeLog.head(db),
  }),
  changes: t.field({
    type: ChangeBatch,
    nullable: true,
    description: 'Changes after a cursor, oldest first. The same log as the subscription, page by page.',
    authScopes: { 'change:read': true },
    complexity: ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first, 1), maxPageSize) }),
    args: {
      after: t.arg({ type: 'Cursor', description: 'Go on after this. Left out: from the very first change.' }),
      filter: t.arg({ type: ChangeFilter, description: 'Which.' }),
      first: t.arg.int({ required: true, description: `How many at most: 1 to ${maxPageSize}.` }),
    },
    resolve: async (_root, { after, filter, first }, { allowances, changeLog, db }) => {
      checkSize(first, 'first');
      const waitMillis = allowances.replayWaitMillis();
      if (waitMillis > 0) throw tooMuchOfThePast(allowances.replay.limit, waitMillis);
      const batch = await changeLog.page(db, { ...(after != null && { after }), ...filterOf(filter), limit: first });
      if (!batch.ok) throw notOurs();
      allowances.replayed(batch.value.changes.length);
      return batch.value;
    },
  }),
}));

builder.subscriptionField('changes', (t) =>
  t.field({
    type: ChangeBatch,
    description:
      'Every change after `after`, in order, without gaps, then live. Reconnect with the last cursor and nothing is missed or repeated. An empty batch now and then moves the cursor on.',
    authScopes: { 'change:read': true },
    complexity: ({ maxBatch }) => ({ field: 1, multiplier: Math.min(Math.max(maxBatch, 1), maxPageSize) }),
    args: {
      after: t.arg({ type: 'Cursor', description: 'Go on after this. Left out: from the very first change.' }),
      filter: t.arg({ type: ChangeFilter, description: 'Which.' }),
      maxBatch: t.arg.int({
        required: true,
        defaultValue: 100,
        description: `How many at most in one batch: 1 to ${maxPageSize}.`,
      }),
    },
    subscribe: (_root, { after, filter, maxBatch }, { changeLog, tenant }) => {
      checkSize(maxBatch, 'maxBatch');
      const feed = changeLog.follow(tenant, { ...(after != null && { after }), ...filterOf(filter), limit: maxBatch });
      if (!feed.ok) throw notOurs();
      return feed.value;
    },
    resolve: (batch) => {
      invariant(batch !== undefined, 'an event of the feed is a batch');
      return batch as ChangeBatchValue;
    },
  }),
);
