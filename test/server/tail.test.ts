import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bump, type Served, served, until } from '../client/support/served.ts';
import type { TestAccount } from '../support/world.ts';
import { type AcornProcess, acorn } from './support/process.ts';

let gateway: Served;
let account: TestAccount;
let other: TestAccount;
let key: string;
const running: AcornProcess[] = [];

beforeAll(async () => {
  gateway = await served();
  account = await gateway.world.account('Tailed');
  other = await gateway.world.account('Other', 'JP');
  key = await gateway.key(account, ['change:read', 'order:read', 'account:read']);
  await gateway.start();
}, 60_000);
afterEach(async () => {
  await Promise.all(running.splice(0).map((process) => process.stop()));
});
afterAll(() => gateway.close());

function run(words: readonly string[], environment: Record<string, string> = { LOG_LEVEL: 'info' }): AcornProcess {
  const process = acorn(words, environment, gateway.folder);
  running.push(process);
  return process;
}
const tail = (...words: string[]) => run(['tail', '--url', gateway.url, '--key', key, ...words]);
const lines = (process: AcornProcess) =>
  process
    .out()
    .split('\n')
    .filter((line) => line !== '');
const write = async (order: string, ...quantities: number[]) => {
  for (const n of quantities) await bump(gateway.world, account, order, n);
};

test('a person reads one line for each change, through a kill and a restart of the gateway', async () => {
  const people = tail('--since-start');
  const machine = tail('--since-start', '--json');
  await write('TAILTAIL', 1, 2, 3);
  await until(() => lines(people).length === 3 && lines(machine).length === 3);

  await gateway.end('SIGKILL');
  await write('TAILTAIL', 4, 5);
  await until(() => people.err().includes('coming back'));
  await gateway.start();
  await write('TAILTAIL', 6);
  await until(() => lines(people).length === 6 && lines(machine).length === 6);

  expect(lines(people)[0]).toMatch(
    /^2026-\d\d-\d\d \d\d:\d\d:\d\d {2}NOTICE {2}US {2}Tailed {2}TAILTAIL {8}purchase order placed {2}line count 1, ordered 1 {2}act by 2026-/,
  );
  expect(lines(people)[1]).toMatch(/ALERT {3}US {2}Tailed {2}TAILTAIL\/1 B0\w+ {2}quantity changed {2}1 → 2$/);
  expect(
    lines(people)
      .slice(1)
      .map((line) => line.split('  ').at(-1)),
  ).toEqual(['1 → 2', '2 → 3', '3 → 4', '4 → 5', '5 → 6']);
  const changes = lines(machine).map(
    (line) => JSON.parse(line) as { sequence: string; cursor: string; account: object },
  );
  expect(changes.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(changes[0]?.account).toEqual({ name: 'Tailed', site: 'US' });

  const rest = tail('--after', changes[3]?.cursor ?? '', '--json');
  await until(() => lines(rest).length === 2);
  expect(lines(rest).map((line) => JSON.parse(line))).toEqual(changes.slice(4));
  expect(await rest.stop()).toBe(0);
}, 90_000);

test('filters narrow, and without a start only what is new is shown; of this installation no key is needed', async () => {
  const local = run(['tail', '--json'], gateway.environment);
  const filtered = run(
    [
      'tail',
      '--account',
      'Tailed',
      '--site',
      'us',
      '--kind',
      'quantity-changed',
      '--severity',
      'alert',
      '--order',
      'FILTERED',
    ],
    gateway.environment,
  );
  // A reader that begins at the head has nothing to say until something happens: write until both heard of it.
  let n = 0;
  await until(async () => {
    n += 1;
    await write('FILTERED', n);
    return lines(local).length > 0 && lines(filtered).length > 0;
  });
  await bump(gateway.world, other, 'OTHEROTH', 1);
  await until(() => lines(local).some((line) => line.includes('OTHEROTH')));
  const heard = lines(local).map((line) => JSON.parse(line) as { orderNumber: string; account: { site: string } });
  expect(heard.map(({ orderNumber }) => orderNumber)).not.toContain('TAILTAIL');
  expect(heard.at(-1)).toMatchObject({ orderNumber: 'OTHEROTH', account: { name: 'Other', site: 'JP' } });
  for (const line of lines(filtered)) expect(line).toMatch(/FILTERED\/1 .* quantity changed/);
  expect(await local.stop()).toBe(0);
}, 60_000);

test('what is wrong is one sentence', async () => {
  const said = async (process: AcornProcess) => {
    expect(await process.exit).toBe(1);
    expect(process.err().trim().split('\n')).toHaveLength(1);
    return process.err();
  };
  const wrong = [
    [run(['tail', '--url', gateway.url, '--key', 'nonsense']), 'does not let this key in'],
    [run(['tail', '--url', gateway.url]), '--key'],
    [tail('--after', 'R1BDOkQ6MTc'), 'no cursor of that installation'],
    [tail('--account', 'Nobody'), 'write one of "Tailed"'],
  ] as const;
  for (const [process, sentence] of wrong) expect(await said(process)).toContain(sentence);
}, 60_000);
