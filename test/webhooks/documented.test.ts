import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../schema/index.ts';
import { payloadQuery } from '../../schema/webhook-payload.ts';
import { retryPauses } from '../../src/webhooks/retry-schedule.ts';
import { aWebhookWorld, type WebhookWorld } from './support/world.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('schema/WEBHOOKS.md');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text ?? '');

let world: WebhookWorld;
let child: ChildProcess | undefined;
beforeAll(async () => {
  world = await aWebhookWorld();
});
afterAll(async () => {
  child?.kill();
  await world.close();
});

test('the receiver on the page is the example, has some twenty lines, and takes real messages', async () => {
  const [shown = ''] = blocks('js');
  expect(shown).toBe(read('examples/webhook-receiver.mjs'));
  expect(shown.split('\n').length).toBeLessThan(26);

  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  // It refuses what is older than five minutes by its own clock.
  world.clock.now = new Date().toISOString() as typeof world.clock.now;
  const vendor = await world.vendor('Larkfield');
  const { id, secret } = await world.webhook(vendor, { url: `http://127.0.0.1:${port}/`, maxBatch: 2 });
  const script = fileURLToPath(new URL('../../examples/webhook-receiver.mjs', import.meta.url));
  const started = spawn(process.execPath, [script], {
    env: { WEBHOOK_SECRET: secret, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const printed: string[] = [];
  createInterface(started.stdout).on('line', (line) => printed.push(line));

  await world.order(vendor, 'ORDER001');
  const log = await world.log(vendor);
  await world.until(async () => {
    await world.run(vendor, 'mutation ($id: ID!) { resumeWebhook(id: $id) { __typename } }', { id });
    await world.deliver();
    return (await world.show(vendor, id)).health.deliveredAt !== null;
  });
  // A second time, which it knows by the ids.
  await world.run(vendor, 'mutation ($id: ID!) { replayWebhook(id: $id) { __typename } }', { id });
  await world.deliver();
  await world.until(async () => printed.length >= log.length);
  expect(printed.map((line) => line.split(' ')[0])).toEqual(log.map((_, index) => String(index + 1)));
  expect(printed[0]).toBe('1 PURCHASE_ORDER_PLACED ORDER001');
});

test('every query on the page is one that the schema takes, and every mutation of webhooks is mentioned', () => {
  for (const text of blocks('graphql')) expect(validate(schema, parse(text))).toEqual([]);
  for (const name of ['createWebhook', 'testWebhook', 'resumeWebhook', 'replayWebhook', 'rotateWebhookSecret']) {
    expect(page).toContain(name);
  }
});

test('the message on the page has the members of a real one', () => {
  const [shown] = JSON.parse(blocks('json')[0] ?? '{}').data.changes;
  for (const member of Object.keys(shown)) {
    if (!['account', 'node'].includes(member)) expect(payloadQuery).toMatch(new RegExp(`\\b${member}\\b`));
  }
});

test('the pauses on the page are those of the schedule', () => {
  const words: string[] = [];
  let unit = '';
  for (const millis of [...retryPauses].reverse()) {
    const [name, size] =
      millis < 60_000 ? ['seconds', 1_000] : millis < 3_600_000 ? ['minutes', 60_000] : ['hours', 3_600_000];
    words.unshift(name === unit ? `${millis / size}` : `${millis / size} ${name}`);
    unit = name;
  }
  const said = /It is tried again after ([\s\S]*?), each/
    .exec(page)?.[1]
    ?.replace(/\s+/g, ' ')
    .replaceAll(' and ', ', ');
  expect(said).toBe(words.join(', '));
});

test('what is sent is what the log says, and a change of it is seen here first', () => {
  expect(payloadQuery.replace(/\s+/g, ' ')).toMatchSnapshot();
});
