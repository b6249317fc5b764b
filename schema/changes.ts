import { invariant } from '../src/base/invariant.ts';
import type { ChangeBatch as ChangeBatchValue } from '../src/change-log/change-log.ts';
import { builder } from './builder.ts';
import { Change } from './change.ts';
import {
  afterArgument,
  afterOf,
  checkSize,
  cursorRefused,
  feedArguments,
  feedComplexity,
  followLog,
} from './change-feed.ts';
import { ChangeFilter, logFilter } from './change-filter.ts';
import { maxPageSize } from './limits.ts';
import { refused } from './refused.ts';

/** The rights that decide which changes of an account somebody hears of. */
const subjectWalls = ['change', 'order', 'shipment', 'invoice', 'deduction'] as const;

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
    dense: t.boolean({
      description:
        'Whether `sequence` has no holes for you, but for what your filter leaves out: true when you may read all that changes are about.',
      resolve: (_batch, _args, { tenant }) => !subjectWalls.some((kind) => tenant.only?.[kind] !== undefined),
    }),
  }),
});

const tooMuchOfThePast = (limit: number, waitMillis: number) =>
  refused('REPLAY_LIMIT_REACHED', `this key has read its ${limit} changes of a minute; go on a little later`, {
    limit,
    retryAfterSeconds: Math.ceil(waitMillis / 1_000),
    retryable: true,
  });

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
      after: t.arg(afterArgument),
      filter: t.arg({ type: ChangeFilter, description: 'Which.' }),
      first: t.arg.int({ required: true, description: `How many at most: 1 to ${maxPageSize}.` }),
    },
    resolve: async (_root, { after, filter, first }, { allowances, changeLog, db }) => {
      checkSize(first, 'first');
      const waitMillis = allowances.replayWaitMillis();
      if (waitMillis > 0) throw tooMuchOfThePast(allowances.replay.limit, waitMillis);
      const batch = await changeLog.page(db, { ...afterOf(after), filter: logFilter(filter), limit: first });
      if (!batch.ok) throw cursorRefused(batch.refusal);
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
    complexity: feedComplexity,
    args: { ...feedArguments, filter: t.arg({ type: ChangeFilter, description: 'Which.' }) },
    subscribe: (_root, { filter, ...request }, context) => followLog(context, request, logFilter(filter)),
    resolve: (batch) => {
      invariant(batch !== undefined, 'an event of the feed is a batch');
      return batch as ChangeBatchValue;
    },
  }),
);
