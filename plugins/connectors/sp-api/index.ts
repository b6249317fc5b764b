import { type Connector, definePlugin } from 'acorn/plugin';
import { hosts } from './pull/endpoints.ts';
import { pull } from './pull/pull.ts';
import { settingsSchema } from './pull/settings.ts';
import { recognise } from './recognise.ts';
import { translate } from './translate/index.ts';

/** Amazon's Selling Partner API for vendors: orders, their status, shipments, and the Invoices API of 2026-06-25. */
export const spApi: Connector = { name: 'sp-api', pull, translate, recognise };

export default definePlugin({
  id: 'connector-sp-api',
  version: '1.0.0',
  description: 'Amazon’s Selling Partner API for vendors.',
  platform: '^1.0',
  connector: spApi,
  capabilities: { network: hosts },
  config: { account: settingsSchema, secrets: ['clientSecret', 'refreshToken'] },
});
