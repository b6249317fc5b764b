import { platformVersion } from '../src/seams/plugin.ts';
import { builder } from './builder.ts';
import type { PluginOnBoard, ProblemOnBoard } from './context.ts';

const PluginHealthStatus = builder.enumType('PluginHealthStatus', {
  description: 'How a plugin is doing.',
  values: {
    OK: { description: 'All of it runs.' },
    DEGRADED: { description: 'Something of it is in trouble, and the rest goes on. `problems` says what.' },
    FAILED: { description: 'It did not start, or says itself that it cannot work.' },
    DISABLED: { description: 'An operator switched it off. Its fields answer PLUGIN_DISABLED.' },
    UNKNOWN: { description: 'It was not started or not asked yet.' },
  },
});

const PluginBreaker = builder.enumType('PluginBreaker', {
  description: 'Whether the fields of a plugin are asked.',
  values: {
    CLOSED: { description: 'They are.' },
    OPEN: { description: 'They failed too often: they answer PLUGIN_UNAVAILABLE, and nothing is asked.' },
    HALF_OPEN: { description: 'The next question is a test: its answer closes or opens it.' },
  },
});

const PluginHealth = builder.objectRef<PluginOnBoard>('PluginHealth').implement({
  description: 'How a plugin is doing, as the process that answers knows it.',
  authScopes: { 'platform:read': true },
  fields: (t) => ({
    status: t.field({
      type: PluginHealthStatus,
      description: 'The whole of it, in one word.',
      resolve: ({ health }) => health,
    }),
    breaker: t.expose('breaker', { type: PluginBreaker, description: 'Whether its fields are asked.' }),
  }),
});

const PluginProblem = builder.objectRef<ProblemOnBoard>('PluginProblem').implement({
  description: 'Something that is wrong with a plugin now.',
  authScopes: { 'platform:read': true },
  fields: (t) => ({
    part: t.exposeString('part', { description: 'What of it: start, stop, health, job, listener, stray, loop.' }),
    name: t.string({
      nullable: true,
      description: 'Name of the job or listener.',
      resolve: ({ name }) => name,
    }),
    message: t.exposeString('message', { description: 'What is wrong, and what can be done.' }),
  }),
});

const InstalledPlugin = builder.objectRef<PluginOnBoard>('InstalledPlugin').implement({
  description: 'A plugin of this installation.',
  authScopes: { 'platform:read': true },
  fields: (t) => ({
    id: t.exposeString('id', { description: 'Its id, such as site-jp; the prefix of everything that it owns.' }),
    version: t.exposeString('version', { description: 'Its version.' }),
    description: t.exposeString('description', { description: 'What it is, in a sentence.' }),
    sites: t.stringList({ description: 'Codes of the sites it brings.', resolve: ({ sites }) => [...sites] }),
    enabled: t.exposeBoolean('enabled', {
      description: 'Whether it is switched on. Off, its fields stay in the schema and answer PLUGIN_DISABLED.',
    }),
    health: t.field({ type: PluginHealth, description: 'How it is doing.', resolve: (plugin) => plugin }),
    problems: t.field({
      type: [PluginProblem],
      description: 'What is wrong with it now. Trouble with the documents of accounts that are not yours is left out.',
      resolve: ({ problems }, _args, { tenant }) =>
        problems.filter(({ accountId }) => accountId === undefined || tenant.accountIds.includes(accountId)),
    }),
  }),
});

const Platform = builder.objectRef<object>('Platform').implement({
  description: 'This installation.',
  authScopes: { 'platform:read': true },
  fields: (t) => ({
    version: t.string({
      description: 'The version of the contract that plugins are written for.',
      resolve: () => platformVersion,
    }),
    plugins: t.field({
      type: [InstalledPlugin],
      description: 'What is installed, in the order in which it starts.',
      resolve: (_platform, _args, { board }) => [...board.list()],
    }),
  }),
});

builder.queryField('platform', (t) =>
  t.field({
    type: Platform,
    nullable: true,
    description: 'This installation and its plugins.',
    authScopes: { 'platform:read': true },
    resolve: () => ({}),
  }),
);
