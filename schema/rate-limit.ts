import { builder } from './builder.ts';
import type { Allowances, Allowance as AllowanceValue } from './context.ts';
import { allScopes } from './scopes.ts';

/** Whoever may ask anything may know how much of it. */
const anybody = { $any: Object.fromEntries(allScopes.map((scope) => [scope, true])) };

const Allowance = builder.objectRef<AllowanceValue>('Allowance').implement({
  description: 'How much of something a key uses, and how much it may.',
  authScopes: anybody,
  fields: (t) => ({
    used: t.exposeInt('used', { description: 'So much is used now.' }),
    limit: t.exposeInt('limit', { description: 'So much may be used.' }),
  }),
});

const RateLimit = builder.objectRef<Allowances>('RateLimit').implement({
  description: 'What the key or token that asks may use, as the process that answers counts it.',
  authScopes: anybody,
  fields: (t) => ({
    sockets: t.expose('sockets', { type: Allowance, description: 'Open websockets.' }),
    subscriptions: t.expose('subscriptions', {
      type: Allowance,
      description: 'Open subscriptions, by websocket and event stream together.',
    }),
    subscriptionsPerSocket: t.exposeInt('subscriptionsPerSocket', {
      description: 'Most operations running on one websocket.',
    }),
    replay: t.expose('replay', {
      type: Allowance,
      description:
        'Changes of the past read lately, by feeds that catch up and by pages. It empties evenly, all of it in a minute.',
    }),
  }),
});

builder.queryField('rateLimit', (t) =>
  t.field({
    type: RateLimit,
    nullable: true,
    description: 'What you may use, and use.',
    authScopes: anybody,
    resolve: (_root, _args, { allowances }) => allowances,
  }),
);
