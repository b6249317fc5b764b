import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PluginBoard } from '../../schema/context.ts';
import type { AccountId } from '../../src/base/ids.ts';
import { platformVersion } from '../../src/seams/plugin.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let tenant: Tenant;
beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  tenant = tenantOf(larkfield, [await world.account(larkfield)]);
});
afterAll(() => world.close());

const query =
  '{ platform { version plugins { id version description sites enabled health { status breaker } problems { part name message } } } }';

test('whoever runs it sees which plugins there are and how they are, and reads nothing for it', async () => {
  const [mine = ''] = tenant.accountIds;
  const board: PluginBoard = {
    list: () => [
      {
        id: 'site-jp',
        version: '1.2.0',
        description: 'Japan.',
        sites: ['JP'],
        enabled: true,
        health: 'DEGRADED',
        breaker: 'OPEN',
        problems: [
          { part: 'job', name: 'rates', message: 'gov.example does not answer' },
          { part: 'listener', name: 'mine', message: 'of my invoice', accountId: mine as AccountId },
          { part: 'listener', name: 'theirs', message: 'of their invoice', accountId: 'another' as AccountId },
        ],
      },
    ],
  };
  const answer = await ask(world, tenant, query, {}, { board, scopes: ['platform:read'] });
  expect(answer.errors).toEqual([]);
  expect(answer.statements).toBe(0);
  expect(answer.data.platform).toEqual({
    version: platformVersion,
    plugins: [
      {
        id: 'site-jp',
        version: '1.2.0',
        description: 'Japan.',
        sites: ['JP'],
        enabled: true,
        health: { status: 'DEGRADED', breaker: 'OPEN' },
        problems: [
          { part: 'job', name: 'rates', message: 'gov.example does not answer' },
          { part: 'listener', name: 'mine', message: 'of my invoice' },
        ],
      },
    ],
  });
});

test('S3 · nobody else sees what is installed', async () => {
  const answer = await ask(world, tenant, query, {}, { scopes: ['account:read', 'invoice:read'] });
  expect(answer).toMatchObject({ data: { platform: null }, errors: [{ code: 'FORBIDDEN', path: ['platform'] }] });
});
