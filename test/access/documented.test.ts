import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { allRoles } from '../../schema/roles.ts';
import { help } from '../../src/server/help.ts';

const page = readFileSync(new URL('../../schema/ACCESS.md', import.meta.url), 'utf8');

test('the page on access names every role, and every mutation of it is one that the schema takes', () => {
  for (const role of allRoles) expect(page).toContain(`\`${role.toUpperCase().replaceAll('-', '_')}\``);
  const blocks = [...page.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(validate(schema, parse(block))).toEqual([]);
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
  for (const [, name = ''] of page.matchAll(/`(\w+)\(/g)) expect(mutations).toContain(name);
});

test('every command on the page is one that help knows', () => {
  for (const [, command = ''] of page.matchAll(/^npx acorn (\w+ \w+)/gm)) expect(help).toContain(command.split(' ')[0]);
});
