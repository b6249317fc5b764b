import { randomUUID } from 'node:crypto';
import type { OrganisationId } from '../../../src/base/ids.ts';
import type { Tenant } from '../../../src/store/database.ts';
import type { World } from './world.ts';

/** So many webhooks of an organisation, set up and not begun. */
export async function someWebhooks(world: World, tenant: Tenant, organisationId: OrganisationId, times: number) {
  const data = Array.from({ length: times }, () => ({
    organisationId,
    id: randomUUID(),
    url: 'https://example.com/hooks',
    description: 'ERP',
    filter: {},
    maxBatch: 1,
    actsForKind: 'api-key',
    actsFor: 'acorn_live_TEST0000',
    generation: 1,
    createdAt: new Date('2026-09-01T00:00:00Z'),
  }));
  await world.database.write(tenant, (db) => db.webhook.createMany({ data }));
}
