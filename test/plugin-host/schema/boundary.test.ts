import { buildSchema, type ExecutionResult, execute, parse } from 'graphql';
import { expect, test } from 'vitest';
import { addMillis, type Instant, instant, toMillis } from '../../../src/base/instant.ts';
import type { Core } from '../../../src/plugin-host/composition.ts';
import { applyAdditions } from '../../../src/plugin-host/schema/additions.ts';
import type { GateSettings } from '../../../src/plugin-host/schema/gate.ts';
import type { Plugin } from '../../../src/seams/plugin.ts';
import type { PluginField } from '../../../src/seams/schema.ts';
import { aGate, aPlugin, type TestGate } from './support.ts';

/** A core of one type, whose one thing is always there. */
const core: Core = {
  version: '1.0.0',
  schema: buildSchema(`
    "All." type Query { "It." thing: Thing! }
    "A thing." type Thing { "Its name." name: String! }
  `),
  models: new Map(),
  scopes: new Set(['thing:read']),
  slots: new Set(),
  changeKinds: new Set(),
};

const resolving = (id: string, resolve: PluginField['resolve'], type = 'String'): Plugin => {
  const field = id.replace('site-', '');
  return aPlugin(id, {
    sdl: `extend type Thing { "Theirs." ${field}: ${type} }`,
    fields: { [`Thing.${field}`]: { needs: 'thing:read', resolve } },
  });
};

interface Asked {
  readonly gate: TestGate;
  ask(query: string, scopes?: readonly string[]): Promise<ExecutionResult>;
  now: Instant;
}

function asking(plugins: readonly Plugin[], settings: Partial<GateSettings> = {}): Asked {
  const { schema, problems } = applyAdditions(core, plugins);
  expect(problems).toEqual([]);
  const asked: Asked = {
    now: instant('2026-11-23T12:00:00Z'),
    gate: aGate({ clock: () => toMillis(asked.now), deadlineMillis: 50, ...settings }),
    ask: async (query: string, scopes: readonly string[] = ['thing:read']) =>
      execute({
        schema,
        document: parse(query),
        rootValue: { thing: { name: 'it' } },
        contextValue: {
          tenant: { accountIds: ['an-account'] },
          scopes: new Set(scopes),
          requestId: 'request-1',
          plugins: asked.gate,
        },
      }),
  };
  return asked;
}

const plainly = (result: ExecutionResult): unknown => JSON.parse(JSON.stringify(result));
const never = () => new Promise<never>(() => {});

test('a plugin that throws loses its own field, and its message is not passed on', async () => {
  const cause = new Error('connect ECONNREFUSED gov.example:443 password=hunter2');
  const { ask, gate } = asking([
    resolving('site-aa', () => {
      throw cause;
    }),
    resolving('site-bb', () => 'fine'),
  ]);
  expect(plainly(await ask('{ thing { name aa bb } }'))).toEqual({
    data: { thing: { name: 'it', aa: null, bb: 'fine' } },
    errors: [
      {
        message: 'the plugin site-aa failed',
        locations: [{ line: 1, column: 16 }],
        path: ['thing', 'aa'],
        extensions: { code: 'PLUGIN_FAILED', plugin: 'site-aa' },
      },
    ],
  });
  expect(gate.failures).toEqual([
    { plugin: 'site-aa', field: 'Thing.aa', code: 'PLUGIN_FAILED', requestId: 'request-1', cause },
  ]);
});

test('a plugin that hangs loses its own field at the deadline', async () => {
  const { ask, gate } = asking([resolving('site-aa', never), resolving('site-bb', async () => 'fine')]);
  const { data, errors } = await ask('{ thing { name aa bb } }');
  expect(data).toMatchObject({ thing: { name: 'it', aa: null, bb: 'fine' } });
  expect(errors?.map(({ extensions, message }) => [extensions, message])).toEqual([
    [{ code: 'PLUGIN_TIMEOUT', plugin: 'site-aa' }, 'the plugin site-aa did not answer within 50 ms'],
  ]);
  expect(gate.failures.map(({ code }) => code)).toEqual(['PLUGIN_TIMEOUT']);
});

test('what a plugin answers late, even by throwing, is heard by nobody', async () => {
  const unheard: unknown[] = [];
  const listener = (reason: unknown) => unheard.push(reason);
  process.on('unhandledRejection', listener);
  const { ask } = asking([
    resolving('site-aa', () => new Promise((_resolve, reject) => setTimeout(reject, 70, new Error('late')))),
  ]);
  expect((await ask('{ thing { aa } }')).errors?.[0]?.extensions.code).toBe('PLUGIN_TIMEOUT');
  await new Promise((resolve) => setTimeout(resolve, 60));
  process.off('unhandledRejection', listener);
  expect(unheard).toEqual([]);
});

const nonsense: readonly (readonly [string, string, PluginField['resolve']])[] = [
  ['text for a whole number', 'Int', () => 'eleven'],
  ['a promise inside a list that fails', '[String]', () => [Promise.reject(new Error('inside'))]],
  ['null where the list has none', '[String!]', () => ['a', null]],
  ['no list', '[String]', () => 'a'],
  ['an error as a value', 'String', () => new Error('as a value')],
  ['text for an object', 'AaThing', () => 'text'],
];

test.each(nonsense)('nonsense is a failure of the plugin, not of ours: %s', async (_name, type, resolve) => {
  const brought = aPlugin('site-aa', {
    sdl: `extend type Thing { "Theirs." aa: ${type} } "A type." type AaThing { "Text." text: String! }`,
    fields: { 'Thing.aa': { needs: 'thing:read', resolve } },
  });
  const { data, errors } = await asking([brought]).ask(`{ thing { name aa ${type === 'AaThing' ? '{ text }' : ''} } }`);
  expect(data).toMatchObject({ thing: { name: 'it', aa: null } });
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'PLUGIN_FAILED', plugin: 'site-aa' }]);
});

test('members of a plugin own value are bounded as its functions are', async () => {
  const brought = aPlugin('site-aa', {
    sdl: `extend type Thing { "Theirs." aa: AaThing }
      "A type." type AaThing { "Fine." fine: String! "Hangs." hangs: String "Throws." throws: String "Calls." calls: String "Wrong." wrong: Int "Got." got: String }`,
    fields: {
      'Thing.aa': {
        needs: 'thing:read',
        resolve: () => ({
          fine: 'fine',
          hangs: never(),
          calls: () => 'called',
          wrong: 'eleven',
          get throws() {
            throw new Error('got');
          },
        }),
      },
      'AaThing.got': { resolve: ({ fine }: { readonly fine: string }) => `from ${fine}` },
    },
  });
  const { data, errors } = await asking([brought]).ask('{ thing { name aa { fine hangs throws calls wrong got } } }');
  expect(data).toMatchObject({
    thing: {
      name: 'it',
      aa: { fine: 'fine', hangs: null, throws: null, calls: 'called', wrong: null, got: 'from fine' },
    },
  });
  expect(errors?.map(({ path, extensions }) => [path?.at(-1), extensions.code]).sort()).toEqual([
    ['hangs', 'PLUGIN_TIMEOUT'],
    ['throws', 'PLUGIN_FAILED'],
    ['wrong', 'PLUGIN_FAILED'],
  ]);
});

test('without the right a plugin is not even asked', async () => {
  let asked = 0;
  const { ask, gate } = asking([resolving('site-aa', () => String(++asked))]);
  const { data, errors } = await ask('{ thing { name aa } }', ['other:read']);
  expect(data).toMatchObject({ thing: { name: 'it', aa: null } });
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'FORBIDDEN', plugin: 'site-aa' }]);
  expect([asked, gate.failures.length]).toEqual([0, 0]);
});

test('a plugin that is switched off says so, in the schema as it was', async () => {
  let on = true;
  const { ask } = asking([resolving('site-aa', () => 'fine')], { switch: { isEnabled: () => on } });
  expect(plainly(await ask('{ thing { aa } }'))).toEqual({ data: { thing: { aa: 'fine' } } });
  on = false;
  const { data, errors } = await ask('{ thing { name aa } }');
  expect(data).toMatchObject({ thing: { name: 'it', aa: null } });
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'PLUGIN_DISABLED', plugin: 'site-aa' }]);
});

test('a plugin is told who asks and what it was configured with', async () => {
  const { ask } = asking([resolving('site-aa', (_parent, _args, context) => JSON.stringify(context))], {
    configOf: (id) => ({ of: id }),
  });
  const { data } = await ask('{ thing { aa } }');
  expect(JSON.parse((data as { readonly thing: { readonly aa: string } }).thing.aa)).toEqual({
    accountIds: ['an-account'],
    requestId: 'request-1',
    config: { of: 'site-aa' },
  });
});

test('a plugin that keeps failing is no longer asked, then tried once, then asked again', async () => {
  let asked = 0;
  let well = false;
  const asked1 = asking(
    [
      resolving('site-aa', () => {
        asked += 1;
        if (!well) throw new Error('down');
        return 'up';
      }),
      resolving('site-bb', () => 'fine'),
    ],
    { breaker: { failures: 3, withinMillis: 10_000, openMillis: 5_000 } },
  );
  const code = async (): Promise<unknown> =>
    (await asked1.ask('{ thing { aa bb } }')).errors?.[0]?.extensions.code ?? 'none';
  const later = (millis: number) => {
    asked1.now = addMillis(asked1.now, millis);
  };

  expect([await code(), await code(), await code()]).toEqual(['PLUGIN_FAILED', 'PLUGIN_FAILED', 'PLUGIN_FAILED']);
  expect(asked1.gate.breakerOf('site-aa')).toBe('OPEN');
  expect([await code(), asked]).toEqual(['PLUGIN_UNAVAILABLE', 3]);
  expect(asked1.gate.breakerOf('site-bb')).toBe('CLOSED');

  later(5_000);
  expect(asked1.gate.breakerOf('site-aa')).toBe('HALF_OPEN');
  expect([await code(), await code(), asked]).toEqual(['PLUGIN_FAILED', 'PLUGIN_UNAVAILABLE', 4]);

  well = true;
  later(5_000);
  expect([await code(), await code(), asked]).toEqual(['none', 'none', 6]);
  expect(asked1.gate.breakerOf('site-aa')).toBe('CLOSED');
});
