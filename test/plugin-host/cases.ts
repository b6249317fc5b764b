import { z } from 'zod';
import { validIdentifier } from '../../src/domain/identifiers/scheme.ts';
import type { OutsidePlugin, PluginLock, Problem } from '../../src/plugin-host/composition.ts';
import type { EventKind, Plugin } from '../../src/seams/plugin.ts';
import { aConnector, aPlugin, aSite } from '../builders/plugin.ts';

/** Something that is wrong, and every word that must be said about it. Ids differ, so all can be wrong at once. */
export interface Case {
  readonly name: string;
  readonly given: readonly (Plugin | OutsidePlugin)[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly allowPlatformMismatch?: readonly string[];
  readonly lock?: PluginLock['plugins'];
  readonly problems: readonly Problem[];
}

const anything = z.unknown();
const event = (changes: object): EventKind => ({
  version: 1,
  description: 'It happened.',
  schema: anything,
  example: {},
  ...changes,
});
const dupThing: Partial<Plugin> = {
  schema: {
    sdl: 'extend type Query { "Both want it." dupThing: String }',
    fields: { 'Query.dupThing': { needs: 'invoice:read', resolve: () => 'x' } },
  },
};
const aScheme = (scheme: string) => ({
  scheme,
  name: 'A number.',
  source: 'A law.',
  check: (text: string) => validIdentifier(text),
});
const folder = (name: string) => new URL(`file:///plugins/${name}/`);
/** Of nothing that is there. */
const lockedSum = '0'.repeat(64);

export const cases: readonly Case[] = [
  {
    name: 'a package that cannot be imported',
    given: [{ from: 'acorn-plugin-gone', trouble: "Cannot find package 'acorn-plugin-gone'" }],
    problems: [
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'acorn-plugin-gone',
        element: 'import',
        message: '"acorn-plugin-gone" cannot be imported: Cannot find package \'acorn-plugin-gone\'.',
        cure: 'Install it beside acorn.config.ts, or remove "acorn-plugin-gone" from plugins.install.',
      },
    ],
  },
  {
    name: 'a package that exports something else',
    given: [{ from: 'left-pad', exported: () => '' }],
    problems: [
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'left-pad',
        element: 'default export',
        message: '"left-pad" is not a plugin: its default export is a function.',
        cure: 'Write "export default definePlugin({ … })" in it.',
      },
    ],
  },
  {
    name: 'a package whose plugin is half there, with a member that nobody knows',
    given: [
      {
        from: './rubbish.ts',
        exported: { id: 'rubbish', version: 'latest', description: 'Rubbish.', platform: '^1.0', site: [], jobs: [{}] },
      },
    ],
    problems: [
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'rubbish',
        element: 'jobs[0].deadlineSeconds',
        message:
          '"rubbish" from "./rubbish.ts" is not a plugin of this contract: its jobs[0].deadlineSeconds is missing.',
        cure: 'There, write a number of seconds.',
      },
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'rubbish',
        element: 'jobs[0].everySeconds',
        message: '"rubbish" from "./rubbish.ts" is not a plugin of this contract: its jobs[0].everySeconds is missing.',
        cure: 'There, write a number of seconds.',
      },
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'rubbish',
        element: 'jobs[0].name',
        message: '"rubbish" from "./rubbish.ts" is not a plugin of this contract: its jobs[0].name is missing.',
        cure: 'There, write a name, unique within the plugin.',
      },
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'rubbish',
        element: 'jobs[0].run',
        message: '"rubbish" from "./rubbish.ts" is not a plugin of this contract: its jobs[0].run is missing.',
        cure: 'There, write a function.',
      },
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'rubbish',
        element: 'site',
        message:
          '"rubbish" from "./rubbish.ts" is not a plugin of this contract: it has a member site, which nobody knows.',
        cure: 'Remove it; did you mean "sites"?',
      },
      {
        code: 'NOT_A_PLUGIN',
        plugin: 'rubbish',
        element: 'version',
        message: '"rubbish" from "./rubbish.ts" is not a plugin of this contract: its version is not right.',
        cure: 'There, write a version such as "1.2.0".',
      },
    ],
  },
  {
    name: 'two plugins of one id',
    given: [aPlugin('twin'), aPlugin('twin', { version: '1.1.0' })],
    problems: [
      {
        code: 'DUPLICATE_PLUGIN',
        plugin: 'twin',
        element: 'twin',
        message: '2 plugins are called "twin": 1.0.0 (The plugin twin.) and 1.1.0 (The plugin twin.).',
        cure: 'Install only one of them.',
      },
    ],
  },
  {
    name: 'a plugin for another platform',
    given: [aPlugin('futuristic', { platform: '^2.0' })],
    problems: [
      {
        code: 'PLATFORM_OUT_OF_RANGE',
        plugin: 'futuristic',
        element: 'platform',
        message: '"futuristic" 1.0.0 was written for platform ^2.0, and this is platform 1.0.0.',
        cure: 'Install a version of "futuristic" for platform 1.0.0, or let this one run at your own risk with plugins.allowPlatformMismatch: [\'futuristic\'].',
      },
    ],
  },
  {
    name: 'a requirement that is not there, and one that is too old',
    given: [
      aPlugin('needy', { requires: { 'provider-of-much': '^1.0', provder: '^1.0', provider: '>=2' } }),
      aPlugin('provider'),
    ],
    problems: [
      {
        code: 'REQUIREMENT_MISSING',
        plugin: 'needy',
        element: 'provder',
        message: '"needy" requires "provder" ^1.0, which is not installed.',
        cure: 'Install "provder" ^1.0, or remove "needy"; did you mean "provider"?',
      },
      {
        code: 'REQUIREMENT_OUT_OF_RANGE',
        plugin: 'needy',
        element: 'provider',
        message: '"needy" requires "provider" >=2, and "provider" is 1.0.0.',
        cure: 'Install "provider" >=2, or a version of "needy" that works with 1.0.0.',
      },
      {
        code: 'REQUIREMENT_MISSING',
        plugin: 'needy',
        element: 'provider-of-much',
        message: '"needy" requires "provider-of-much" ^1.0, which is not installed.',
        cure: 'Install "provider-of-much" ^1.0, or remove "needy".',
      },
    ],
  },
  {
    name: 'plugins in a circle, and another that requires itself',
    given: [
      aPlugin('round-a', { requires: { 'round-b': '*' } }),
      aPlugin('round-b', { after: ['round-c'] }),
      aPlugin('round-c', { requires: { 'round-a': '*' } }),
      aPlugin('round-self', { requires: { 'round-self': '*' } }),
    ],
    problems: [
      {
        code: 'REQUIREMENT_CYCLE',
        plugin: 'round-a',
        element: 'round-a → round-b → round-c → round-a',
        message: 'No order lets these plugins start: round-a → round-b → round-c → round-a.',
        cure: 'Remove one of the steps: "round-a" requires "round-b", "round-b" comes after "round-c", "round-c" requires "round-a".',
      },
      {
        code: 'REQUIREMENT_CYCLE',
        plugin: 'round-self',
        element: 'round-self → round-self',
        message: 'No order lets these plugins start: round-self → round-self.',
        cure: 'Remove one of the steps: "round-self" requires "round-self".',
      },
    ],
  },
  {
    name: 'plugins that cannot stand side by side',
    given: [aPlugin('fire', { conflicts: { water: '<2' } }), aPlugin('water')],
    problems: [
      {
        code: 'PLUGIN_CONFLICT',
        plugin: 'water',
        element: 'fire',
        message: '"fire" cannot stand beside "water" <2, and "water" is 1.0.0.',
        cure: 'Remove "fire" or "water", or install a version of "water" outside <2.',
      },
    ],
  },
  {
    name: 'two sites of one code, and two sites with one marketplace',
    given: [
      aPlugin('site-one', { sites: [aSite('AA', 'STORE-1')] }),
      aPlugin('site-three', { sites: [aSite('BB', 'STORE-1')] }),
      aPlugin('site-two', { sites: [aSite('AA', 'STORE-2')] }),
    ],
    problems: [
      {
        code: 'DUPLICATE_MARKETPLACE',
        plugin: 'site-three',
        element: 'STORE-1',
        message: 'The marketplace STORE-1 is claimed by site AA of "site-one" and by site BB of "site-three".',
        cure: 'Remove "site-one" or "site-three", or have one of them leave STORE-1 to the other.',
      },
      {
        code: 'DUPLICATE_SITE',
        plugin: 'site-two',
        element: 'AA',
        message: 'The site AA is brought by "site-one" and by "site-two".',
        cure: 'Remove "site-one" or "site-two", or have one of them leave AA to the other.',
      },
    ],
  },
  {
    name: 'two schemes of identifiers of one name, and one that the core has',
    given: [
      aPlugin('numbers-one', {
        sites: [{ ...aSite('NA', 'STORE-3'), identifiers: [aScheme('NA-TAX'), aScheme('IBAN')] }],
      }),
      aPlugin('numbers-two', { sites: [{ ...aSite('NB', 'STORE-4'), identifiers: [aScheme('NA-TAX')] }] }),
    ],
    problems: [
      {
        code: 'DUPLICATE_IDENTIFIER_SCHEME',
        plugin: 'numbers-one',
        element: 'IBAN',
        message: 'The identifier scheme IBAN is brought by the core and by "numbers-one".',
        cure: 'Leave IBAN out of "numbers-one", or give it another name there.',
      },
      {
        code: 'DUPLICATE_IDENTIFIER_SCHEME',
        plugin: 'numbers-two',
        element: 'NA-TAX',
        message: 'The identifier scheme NA-TAX is brought by "numbers-one" and by "numbers-two".',
        cure: 'Remove "numbers-one" or "numbers-two", or have one of them leave NA-TAX to the other.',
      },
    ],
  },
  {
    name: 'two connectors of one name',
    given: [
      aPlugin('connector-a', { connector: aConnector('edi') }),
      aPlugin('connector-b', { connector: aConnector('edi') }),
    ],
    problems: [
      {
        code: 'DUPLICATE_CONNECTOR',
        plugin: 'connector-b',
        element: 'edi',
        message: 'The connector "edi" is brought by "connector-a" and by "connector-b".',
        cure: 'Remove "connector-a" or "connector-b", or have one of them leave edi to the other.',
      },
    ],
  },
  {
    name: 'a slot that is not there, and slots that are taken',
    given: [
      aPlugin('slot-a', {
        slots: [
          { slot: 'invoice-format', fill: 1 },
          { slot: 'invoice-format', site: 'AA', fill: 1 },
        ],
      }),
      aPlugin('slot-b', {
        slots: [
          { slot: 'invoice-format', fill: 2 },
          { slot: 'invoice-formt', fill: 2 },
        ],
      }),
      aPlugin('slot-c', { slots: [{ slot: 'invoice-format', site: 'AA', fill: 3 }] }),
    ],
    problems: [
      {
        code: 'SLOT_TAKEN',
        plugin: 'slot-b',
        element: 'invoice-format',
        message:
          'The slot "invoice-format" for every site that has none of its own is filled by "slot-a" and by "slot-b".',
        cure: 'Remove "slot-a" or "slot-b": a slot has exactly one winner per site.',
      },
      {
        code: 'SLOT_UNKNOWN',
        plugin: 'slot-b',
        element: 'invoice-formt',
        message: '"slot-b" fills the slot "invoice-formt", and there is no such slot.',
        cure: 'The slots are "invoice-format"; did you mean "invoice-format"?',
      },
      {
        code: 'SLOT_TAKEN',
        plugin: 'slot-c',
        element: 'invoice-format@AA',
        message: 'The slot "invoice-format" for site AA is filled by "slot-a" and by "slot-c".',
        cure: 'Remove "slot-a" or "slot-c": a slot has exactly one winner per site.',
      },
    ],
  },
  {
    name: 'rights of somebody else',
    given: [
      aPlugin('greedy', {
        scopes: { 'invoice:read': 'Invoices.', 'admin:write': 'Everything.', 'greedy:read': 'Its own.' },
      }),
    ],
    problems: [
      {
        code: 'SCOPE_WITHOUT_PREFIX',
        plugin: 'greedy',
        element: 'admin:write',
        message: '"greedy" adds the right "admin:write", which does not begin with its id and a word.',
        cure: 'Call it "greedy:write".',
      },
      {
        code: 'SCOPE_WITHOUT_PREFIX',
        plugin: 'greedy',
        element: 'invoice:read',
        message: '"greedy" adds the right "invoice:read", which is a right of the core.',
        cure: 'Name it in "needs" without adding it, or add a right of your own, such as "greedy:read".',
      },
    ],
  },
  {
    name: 'an event without a schema, and one whose example fails its own',
    given: [
      aPlugin('noisy', {
        emits: {
          mute: event({ schema: undefined }),
          wrong: event({
            schema: z.object({ amount: z.object({ minor: z.string({ error: 'write minor units' }) }) }),
            example: { amount: { minor: 12 } },
          }),
          right: event({ schema: z.object({ on: z.string() }), example: { on: '2026-01-01' } }),
        },
      }),
    ],
    problems: [
      {
        code: 'EVENT_WITHOUT_SCHEMA',
        plugin: 'noisy',
        element: 'noisy.mute',
        message: '"noisy" emits "noisy.mute" without a schema of what it carries.',
        cure: 'Give emits["mute"].schema a Standard Schema, such as one made with Zod.',
      },
      {
        code: 'EXAMPLE_INVALID',
        plugin: 'noisy',
        element: 'noisy.wrong amount.minor',
        message: 'The example of "noisy.wrong" fails its own schema at amount.minor: write minor units.',
        cure: 'Correct emits["wrong"].example, or the schema.',
      },
    ],
  },
  {
    name: 'listeners for what never comes',
    given: [
      aPlugin('attentive', {
        // Named in "after", so it may be absent; the others may not.
        after: ['optional'],
        on: [
          {
            name: 'watch',
            to: ['invoice-issued', 'invoice-isued', 'chatty.right', 'chatty.loud', 'optional.event', 'absent.event'],
            handle: async () => {},
          },
        ],
      }),
      aPlugin('chatty', { emits: { right: event({}) } }),
    ],
    problems: [
      {
        code: 'EVENT_UNKNOWN',
        plugin: 'attentive',
        element: 'watch absent.event',
        message: 'The listener "watch" of "attentive" waits for "absent.event", and "absent" is not installed.',
        cure: 'Write a kind of change, or an event of an installed plugin as "plugin-id.event".',
      },
      {
        code: 'EVENT_UNKNOWN',
        plugin: 'attentive',
        element: 'watch chatty.loud',
        message: 'The listener "watch" of "attentive" waits for "chatty.loud", which "chatty" does not emit.',
        cure: 'Write a kind of change, or an event of an installed plugin as "plugin-id.event".',
      },
      {
        code: 'EVENT_UNKNOWN',
        plugin: 'attentive',
        element: 'watch invoice-isued',
        message: 'The listener "watch" of "attentive" waits for "invoice-isued", which is no kind of change.',
        cure: 'Write a kind of change, or an event of an installed plugin as "plugin-id.event"; did you mean "invoice-issued"?',
      },
    ],
  },
  {
    name: 'two plugins with one field, since their names begin alike',
    given: [aPlugin('connector-dup', dupThing), aPlugin('site-dup', dupThing)],
    problems: [
      {
        code: 'DUPLICATE_FIELD',
        plugin: 'site-dup',
        element: 'Query.dupThing',
        message: 'site-dup brings the field Query.dupThing, which connector-dup has already.',
        cure: 'Install only one of connector-dup and site-dup, or give one of them another id, from which its names follow.',
      },
    ],
  },
  {
    name: 'a model that is not there',
    given: [aPlugin('curious', { capabilities: { reads: ['Invoice', 'Invoices', 'Payroll'] } })],
    problems: [
      {
        code: 'MODEL_UNKNOWN',
        plugin: 'curious',
        element: 'capabilities.reads Invoices',
        message: '"curious" asks to read the model "Invoices", and there is no such model.',
        cure: 'Write the name of a core model; did you mean "Invoice"?',
      },
      {
        code: 'MODEL_UNKNOWN',
        plugin: 'curious',
        element: 'capabilities.reads Payroll',
        message: '"curious" asks to read the model "Payroll", and there is no such model.',
        cure: 'Write the name of a core model.',
      },
    ],
  },
  {
    name: 'configuration that does not fit',
    given: [
      aPlugin('strict', {
        config: {
          deployment: z.object({
            region: z.enum(['eu', 'us'], { error: 'write "eu" or "us"' }),
            credentials: z.object({ token: z.string().startsWith('tok_') }),
            hosts: z.array(z.string({ error: 'write a host' })).default([]),
          }),
          secrets: ['credentials.token'],
        },
      }),
      aPlugin('loose', { config: { deployment: z.object({ retries: z.number().default(3) }) } }),
      aPlugin('plain'),
    ],
    config: {
      strict: { region: 'mars', credentials: { token: 'hunter2' }, hosts: [1] },
      loose: { retires: 5 },
      plain: { anything: 1 },
      lose: {},
    },
    allowPlatformMismatch: ['nobody'],
    problems: [
      {
        code: 'CONFIG_UNKNOWN',
        plugin: 'loose',
        element: 'plugins.config.loose.retires',
        message: 'The configuration of "loose" has a key retires, which the plugin does not know.',
        cure: 'Remove plugins.config.loose.retires; did you mean "retries"?',
      },
      {
        code: 'CONFIG_UNKNOWN',
        plugin: 'lose',
        element: 'plugins.config.lose',
        message: 'plugins.config names "lose", which is not installed.',
        cure: 'Install "lose", or remove it from plugins.config; did you mean "loose"?',
      },
      {
        code: 'CONFIG_UNKNOWN',
        plugin: 'nobody',
        element: 'plugins.allowPlatformMismatch.nobody',
        message: 'plugins.allowPlatformMismatch names "nobody", which is not installed.',
        cure: 'Install "nobody", or remove it from plugins.allowPlatformMismatch.',
      },
      {
        code: 'CONFIG_UNKNOWN',
        plugin: 'plain',
        element: 'plugins.config.plain',
        message: '"plain" takes no configuration, and plugins.config has some for it.',
        cure: 'Remove plugins.config.plain.',
      },
      {
        code: 'CONFIG_INVALID',
        plugin: 'strict',
        element: 'plugins.config.strict.credentials.token',
        message:
          'The configuration of "strict" is wrong at credentials.token: it is not as the plugin needs it, and may be secret.',
        cure: 'Correct plugins.config.strict.credentials.token in acorn.config.ts.',
      },
      {
        code: 'CONFIG_INVALID',
        plugin: 'strict',
        element: 'plugins.config.strict.hosts[0]',
        message: 'The configuration of "strict" is wrong at hosts[0]: write a host.',
        cure: 'Correct plugins.config.strict.hosts[0] in acorn.config.ts.',
      },
      {
        code: 'CONFIG_INVALID',
        plugin: 'strict',
        element: 'plugins.config.strict.region',
        message: 'The configuration of "strict" is wrong at region: write "eu" or "us".',
        cure: 'Correct plugins.config.strict.region in acorn.config.ts.',
      },
    ],
  },
  {
    name: 'migrations that changed, vanished, or cannot be read',
    given: [
      aPlugin('moved', { migrations: folder('moved') }),
      aPlugin('unreadable', { migrations: folder('nowhere') }),
    ],
    lock: [
      { id: 'moved', version: '1.0.0', migrations: { '1_first': lockedSum, '2_gone': lockedSum } },
      { id: 'removed-since', version: '1.0.0', migrations: { '1_first': lockedSum } },
    ],
    problems: [
      {
        code: 'MIGRATION_CHANGED',
        plugin: 'moved',
        element: '1_first',
        message:
          'The migration "1_first" of "moved" has changed since it was locked: it was 000000000000…, and is 07274e3f2322….',
        cure: 'Put it back as it was, and write a new migration for what should be different.',
      },
      {
        code: 'MIGRATION_CHANGED',
        plugin: 'moved',
        element: '2_gone',
        message: 'The migration "2_gone" of "moved" is in the lock file and no longer in the plugin.',
        cure: 'Put it back as it was, and write a new migration for what should be different.',
      },
      {
        code: 'MIGRATION_UNREADABLE',
        plugin: 'unreadable',
        element: 'migrations',
        message: 'The migrations of "unreadable" cannot be read: there is no such folder.',
        cure: "Ship the folder that new URL('./migrations/', import.meta.url) names, with one folder per migration and its migration.sql in it.",
      },
    ],
  },
];

/** Folders that are there, without a disk. */
export const read = (url: URL): Readonly<Record<string, Uint8Array>> => {
  if (url.href === folder('nowhere').href) throw new Error('there is no such folder');
  return { '1_first': Buffer.from('create table t ();\r\n') };
};
