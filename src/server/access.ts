import type { Access } from '../../schema/context.ts';
import type { Instant } from '../base/instant.ts';
import { findOrganisation } from '../store/access.ts';
import type { Database } from '../store/database.ts';
import { apiKeyHash, apiKeyPrefix, createApiKey } from './api-key.ts';

/** What handing out access needs of the server. @param everyRight those of plugins too */
export const accessServices = (
  database: Database,
  everyRight: readonly string[],
  now: () => Instant,
): Pick<Access, 'now' | 'everyRight' | 'newKey' | 'organisationNamed'> => ({
  now,
  everyRight,
  organisationNamed: async (name) => (await findOrganisation(database, name, now()))?.organisationId,
  newKey: () => {
    const key = createApiKey();
    return { text: key, prefix: apiKeyPrefix(key), secretHash: apiKeyHash(key) };
  },
});
