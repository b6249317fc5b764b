import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acorn } from './support/process.ts';

const page = readFileSync(new URL('../../schema/INVOICE-PREVIEW.md', import.meta.url), 'utf8');
/** The blocks of the page in order; those of JSON with the name of their file. */
const blocks = [...page.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(([, language, name, text = '']) => ({
  language,
  name,
  text,
}));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'acorn-preview-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** No database and no server: nothing in the environment says where one would be. */
const preview = async (file: string, ...flags: string[]) => {
  const process = acorn(['preview', file, ...flags], {}, folder);
  const code = await process.exit;
  return { code, out: process.out(), err: process.err() };
};

const written = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return name;
};

test('the page shows files, and what is printed for them', { timeout: 60_000 }, async () => {
  const files = blocks.filter(({ language }) => language === 'json');
  const answers = blocks.filter(({ language }) => language === 'text');
  expect(files.map(({ name }) => name)).toEqual(['invoice.json', 'wrong.json']);
  for (const { name = '', text } of files) written(name, text);
  expect(await preview('invoice.json')).toEqual({ code: 0, out: answers[0]?.text, err: '' });
  expect(await preview('wrong.json')).toEqual({ code: 1, out: '', err: answers[1]?.text });
});

const german = {
  site: 'EU',
  currency: 'EUR',
  issuedOn: '2026-11-23',
  supplier: { establishedIn: 'DE', registrations: [{ scheme: 'EU-VAT', number: 'DE290314572' }] },
  shipFrom: { country: 'DE' },
  shipTo: { country: 'FR' },
  lines: [{ net: '100.00' }],
};

test('E5 · --json: an intra-Community supply without the buyer’s VAT id is blocked, and says what to do', {
  timeout: 60_000,
}, async () => {
  const { code, out } = await preview(written('de-fr.json', german), '--json');
  const answer = JSON.parse(out);
  expect(code).toBe(0);
  expect(answer).toMatchObject({ site: 'EU', ready: false, taxes: null, tax: null, total: null });
  expect(answer.net).toEqual({ amount: '100.00', currency: 'EUR' });
  expect(answer.blocking).toMatchObject([
    { code: 'TAX_NOT_DECIDABLE', problem: 'BUYER_VAT_ID_MISSING', message: expect.stringContaining('VAT id') },
  ]);
});

test('what cannot be read, and what makes no sense, is told by code and place, with exit code 1', {
  timeout: 60_000,
}, async () => {
  const refused = async (file: string) => {
    const { code, out } = await preview(file, '--json');
    return { code, errors: JSON.parse(out).errors };
  };
  expect(await refused(written('broken.json', '{ "site": '))).toMatchObject({
    code: 1,
    errors: [{ code: 'NOT_JSON', path: '' }],
  });
  expect(await refused('nowhere.json')).toMatchObject({ code: 1, errors: [{ code: 'FILE_NOT_READABLE', path: '' }] });
  const senseless = {
    ...german,
    account: 'x',
    supplier: { registrations: [{ scheme: 'EU-VAT', number: 'DE290314572', validFrom: 'soon' }] },
    lines: [{ net: 100 }],
  };
  expect((await refused(written('types.json', senseless))).errors).toMatchObject([
    { code: 'BAD_USER_INPUT', path: 'lines[0].net' },
    { code: 'BAD_USER_INPUT', path: 'supplier.registrations[0].validFrom' },
    { code: 'BAD_USER_INPUT', path: 'account' },
  ]);
  const odd = { ...german, shipTo: { country: 'France' }, lines: [{ net: '0.125' }, { quantity: 1 }] };
  expect((await refused(written('odd.json', odd))).errors).toMatchObject([
    { code: 'BAD_USER_INPUT', path: 'shipTo.country' },
    { code: 'BAD_USER_INPUT', path: 'lines[0].net' },
    { code: 'BAD_USER_INPUT', path: 'lines[1]' },
  ]);
});

test('C12 · a site that was installed from outside is asked like those that come along', {
  timeout: 60_000,
}, async () => {
  mkdirSync(join(folder, 'node_modules'));
  const example = fileURLToPath(new URL('../../examples/plugin-gb', import.meta.url));
  symlinkSync(example, join(folder, 'node_modules', 'acorn-plugin-gb'));
  written('package.json', '{ "type": "module" }');
  written('acorn.config.ts', `export default { plugins: { install: ['acorn-plugin-gb'] } };`);
  const british = {
    site: 'GB',
    issuedOn: '2026-11-23',
    terms: { text: 'NET30' },
    lines: [{ net: '0.33' }, { net: '0.33' }, { net: '0.33' }],
  };
  const { out } = await preview(written('british.json', british), '--json');
  expect(JSON.parse(out)).toMatchObject({
    site: 'GB',
    taxes: [{ rule: 'gb/vat', rate: '20', base: { amount: '0.99' }, tax: { amount: '0.20' } }],
    total: { amount: '1.19', currency: 'GBP' },
    blocking: [],
  });
});

test('J9 · a rate that the operator wrote down counts in a preview too, from its day on', {
  timeout: 60_000,
}, async () => {
  const row = {
    key: 'reduced',
    since: '2027-04-01',
    rate: '1',
    category: 'AA',
    source: 'the bill, once it has passed',
  };
  writeFileSync(
    join(folder, 'acorn.config.ts'),
    `export default { plugins: { siteTables: { JP: { rates: [${JSON.stringify(row)}] } } } };`,
  );
  const taxOn = async (day: string): Promise<unknown> => {
    const food = {
      site: 'JP',
      currency: 'JPY',
      issuedOn: day,
      supplier: { establishedIn: 'JP', registrations: [{ scheme: 'JP-T', number: 'T7000012050002' }] },
      shipTo: { country: 'JP' },
      lines: [{ net: '10000', taxClass: 'reduced' }],
    };
    const { code, out, err } = await preview(written('food.json', food), '--json');
    expect([code, err]).toEqual([0, '']);
    return (JSON.parse(out) as { tax: unknown }).tax;
  };
  expect(await taxOn('2027-03-31')).toEqual({ amount: '800', currency: 'JPY' });
  expect(await taxOn('2027-04-01')).toEqual({ amount: '100', currency: 'JPY' });
  rmSync(join(folder, 'acorn.config.ts'));
});
