// How this installation is set up. The environment wins over what stands here; see "acorn --help".
import { defineConfig } from './src/server/define-config.ts';

export default defineConfig({
  // A vendor account is connected by a few lines. Secrets come from the environment, so this file can be committed;
  // import `fromEnv` beside `defineConfig`:
  //
  // accounts: [
  //   {
  //     organisation: 'Northwind Brands',
  //     name: 'Northwind US',
  //     site: 'US',
  //     marketplaceId: 'ATVPDKIKX0DER',
  //     vendorCodes: ['NORTH'],
  //     connector: 'sp-api',
  //     settings: {
  //       clientId: fromEnv('SP_API_CLIENT_ID'),
  //       clientSecret: fromEnv('SP_API_CLIENT_SECRET'),
  //       refreshToken: fromEnv('SP_API_REFRESH_TOKEN_US'),
  //     },
  //     // What taxes depend on and no document says. Numbers are checked at start.
  //     tax: {
  //       establishedIn: 'US',
  //       registrations: [],
  //       certificates: [{ kind: 'resale', number: 'MTC-2024-0418', validUntil: '2028-12-31' }],
  //       shipsFrom: { country: 'US', region: 'NV' },
  //     },
  //   },
  // ],
  //
  // Plugins from outside are installed by naming them: a package, or a file beside this one. "acorn plugins" lists all:
  //
  // plugins: {
  //   install: ['acorn-plugin-gb', './my-plugin/index.ts'],
  //   config: { 'my-plugin': { token: fromEnv('MY_PLUGIN_TOKEN') } },
  //   // Rates, bank days and payment terms of your own, see plugins/sites/README.md:
  //   siteTables: './site-tables.json',
  // },
  //
  // How much of the feed one key may have, such as a dashboard with many screens:
  //
  // limits: { socketsPerKey: 200, subscriptionsPerKey: 1_000 },
  //
  // Webhooks go to https addresses of the open internet. Inside a network of your own, and knowing what you do:
  //
  // webhooks: { allowPrivateAddresses: true, allowHttp: true },
});
