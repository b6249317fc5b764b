import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { printed } from '../../schema/print.ts';
import { printLock } from '../../src/plugin-host/lock.ts';
import { installed } from '../support/installed.ts';

const committed = (file: string) => readFileSync(new URL(`../../schema/${file}`, import.meta.url), 'utf8');

test('the schema and the lock are committed as they are: "npm run schema" writes them', async () => {
  const { schema, lock } = await installed();
  expect(printLock(lock)).toBe(committed('plugins.lock.json'));
  expect(printed(schema)).toBe(committed('schema.graphql'));
});

test('a tenant sees one schema object per set of plugins, wherever its accounts are', async () => {
  const { schemaFor } = await installed();
  expect(schemaFor(['US', 'JP'])).toBe(schemaFor(['JP', 'US']));
});
