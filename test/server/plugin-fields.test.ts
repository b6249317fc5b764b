import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plugin } from '../../src/seams/plugin.ts';
import type { PluginField } from '../../src/seams/schema.ts';
import { aPlugin } from '../builders/plugin.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';
import { type Transport, transports } from './support/transports.ts';

const adding = (id: string, resolve: PluginField['resolve']): Plugin =>
  aPlugin(id, {
    schema: {
      sdl: `extend type Query { "At the root." ${id}Answer: String } extend type Nested { "Nested." ${id}: String }`,
      fields: {
        [`Query.${id}Answer`]: { needs: 'order:read', resolve },
        [`Nested.${id}`]: { needs: 'order:read', resolve },
      },
    },
  });

let gateway: TestGateway;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  gateway = await startGateway(
    database.url,
    [],
    [
      adding('throws', () => {
        throw new Error('connect failed: password=hunter2');
      }),
      adding('hangs', () => new Promise(() => {})),
      adding('works', () => 'fine'),
    ],
  );
});
afterAll(async () => {
  await gateway?.stop();
  await database?.drop();
});

describe.each(Object.keys(transports) as (keyof typeof transports)[])('by %s', (name) => {
  const ask: Transport = transports[name];

  test('a plugin that throws and one that hangs take nobody else down, and say nothing of their inside', async () => {
    const answer = await ask(gateway, '{ accounts throwsAnswer hangsAnswer worksAnswer nested { end throws works } }');
    expect(answer.data).toEqual({
      accounts: ['Northwind CA', 'Northwind US'],
      throwsAnswer: null,
      hangsAnswer: null,
      worksAnswer: 'fine',
      nested: { end: 'end', throws: null, works: 'fine' },
    });
    expect(answer.errors?.map(({ extensions }) => `${extensions?.code} ${extensions?.plugin}`).sort()).toEqual([
      'PLUGIN_FAILED throws',
      'PLUGIN_FAILED throws',
      'PLUGIN_TIMEOUT hangs',
    ]);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(gateway.logged.join('\n')).toContain('hunter2');
  });
});

test('what a mutation wrote stands, though a plugin fails to answer about it', async () => {
  const mutation = 'mutation { addNested(asin: "B000000009") { end throws } }';
  const answer = await (await gateway.post({ query: mutation })).json();
  expect(answer).toMatchObject({
    data: { addNested: { end: 'end', throws: null } },
    errors: [{ path: ['addNested', 'throws'], extensions: { code: 'PLUGIN_FAILED', plugin: 'throws' } }],
  });
  const again = await (await gateway.post({ query: mutation })).json();
  // It is there: a second time it is a duplicate.
  expect(again.data).toBeNull();
});
