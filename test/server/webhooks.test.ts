import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installationBox } from '../../src/server/secret-key.ts';
import { testDatabase } from '../support/database.ts';
import { aReceiver, type Receiver } from '../webhooks/support/receiver.ts';
import { type AcornProcess, acorn } from './support/process.ts';

let folder: string;
let receiver: Receiver;
let server: AcornProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-webhooks-'));
  receiver = await aReceiver();
});
afterAll(async () => {
  await server?.stop();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the server delivers: a message of a running installation verifies with the official library', async () => {
  const { url } = await testDatabase();
  const environment = {
    PORT: '0',
    LOG_LEVEL: 'trace',
    DATABASE_URL: url,
    ACORN_SECRET_KEY: Buffer.alloc(32, 9).toString('base64'),
  };
  const account = {
    organisation: 'Larkfield',
    name: 'US',
    site: 'US',
    marketplaceId: 'ATVPDKIKX0DER',
    vendorCodes: ['LARK1'],
  };
  const config = { accounts: [account], webhooks: { allowHttp: true, allowPrivateAddresses: true } };
  writeFileSync(join(folder, 'acorn.config.ts'), `export default ${JSON.stringify(config)};`);
  server = acorn(['start'], environment, folder);
  const at = await server.says(/"url":"(http[^"]+)"/, 60_000);
  const keys = acorn(['keys', 'create', '--organisation', 'Larkfield'], environment, folder);
  const key = await keys.says(/(acorn_live_\w+)/, 60_000);
  await keys.exit;
  const ask = async (query: string, variables: object) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const response = await fetch(at, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as { data: { createWebhook: { secret: string; webhook: { id: string } } } };
  };
  const made = await ask(
    'mutation ($url: String!) { createWebhook(input: { url: $url }) { ... on WebhookWithSecret { secret webhook { id } } } }',
    { url: receiver.url },
  );
  const { secret, webhook } = made.data.createWebhook;
  await ask('mutation ($id: ID!) { testWebhook(id: $id) { __typename } }', { id: webhook.id });
  await receiver.until(() => receiver.received.length > 0);
  const [message] = receiver.received;
  expect(new Webhook(secret).verify(message?.body ?? '', message?.headers ?? {})).toMatchObject({
    type: 'test',
    version: 1,
  });
  expect(await server.stop()).toBe(0);
  expect(server.out() + server.err()).not.toContain(secret);
}, 120_000);

test('S6 · the key of secrets is made once, in a file that only we may read, unless the environment gives one', () => {
  const here = { secretKeys: [], databaseUrl: undefined, dataFolder: folder };
  const sealed = installationBox(here)?.seal('whsec_x', 'a') ?? new Uint8Array();
  expect(installationBox(here)?.open(sealed, 'a')).toBe('whsec_x');
  const file = join(folder, 'secret.key');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
  expect(installationBox({ ...here, databaseUrl: 'postgres://elsewhere/acorn' })).toBeUndefined();
  writeFileSync(file, 'spoilt');
  expect(() => installationBox(here)).toThrow(/does not hold a key/);
});
