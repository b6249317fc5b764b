import { generate } from '@graphql-codegen/cli';
import { expect, test } from 'vitest';
import config from '../../codegen.ts';

test('a client in TypeScript gets types for every example, and no amount of them is a number', async () => {
  const files = (await generate({ ...config, silent: true }, false)) as { filename: string; content: string }[];
  const types = files.find(({ filename }) => filename.endsWith('graphql.ts'))?.content ?? '';
  expect(types).toContain('export type OneOrderWholeChainQuery =');
  expect(types).toContain('export type LiveChangesSubscription =');
  expect(types.match(/readonly amount: (\w+)/g)?.every((member) => /: (string|\{)/.test(member))).toBe(true);
  expect(types).not.toMatch(/readonly \w+\??: (any|unknown)\b/);
});
