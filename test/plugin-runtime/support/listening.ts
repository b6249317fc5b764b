/**
 * A gateway with one listener, to be killed by tests in the middle of its work. `listening.ts <database> <account>` prints
 * a line before and after each change it hears.
 */
import { instant } from '../../../src/base/instant.ts';
import { startPluginRuntime } from '../../../src/plugin-runtime/runtime.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { aPlugin } from './plugins.ts';

const [databaseUrl = '', accountId] = process.argv.slice(2);
await startPluginRuntime({
  database: openDatabase(databaseUrl),
  databaseUrl,
  composition: {
    configOf: () => ({}),
    plugins: [
      aPlugin({
        id: 'killed',
        on: [
          {
            name: 'orders',
            to: ['purchase-order-placed', 'quantity-changed'],
            handle: async (heard) => {
              if (heard.accountId !== accountId) return;
              const { difference } = heard;
              const n = difference.kind === 'quantity-changed' ? difference.after : 1;
              process.stdout.write(`begin ${n}\n`);
              await new Promise((resolve) => setTimeout(resolve, 5));
              process.stdout.write(`end ${n}\n`);
            },
          },
        ],
      }),
    ],
  },
  log: { info: () => {}, warn: (facts, message) => process.stderr.write(`${message} ${JSON.stringify(facts)}\n`) },
  now: () => instant('2026-11-23T12:00:00Z'),
  limits: { poll: 100 },
});
