import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spApi } from '../../../../plugins/connectors/sp-api/index.ts';
import { canonicalJson } from '../../../../src/base/canonical-json.ts';
import type { Currency } from '../../../../src/base/currency.ts';
import { instant } from '../../../../src/base/instant.ts';
import type { AccountProfile } from '../../../../src/seams/connector.ts';
import { anAccount } from '../../../builders/account.ts';

const folder = new URL('../../../../plugins/connectors/sp-api/recorded/', import.meta.url);
const documents = readdirSync(folder).filter((name) => name.endsWith('.json') && !name.endsWith('.facts.json'));
/** `UPDATE_FACTS=1` writes what the documents say now; the diff is the review. */
const update = process.env.UPDATE_FACTS === '1';

const accounts: Readonly<Record<string, AccountProfile>> = {
  us: anAccount(),
  eu: anAccount({ site: 'EU', currency: 'EUR' as Currency, timeZone: 'Europe/Berlin' }),
  jp: anAccount({ site: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }),
};

describe('a recorded document says', () => {
  test.each(documents)('%s', (name) => {
    const bytes = readFileSync(new URL(name, folder));
    const account = accounts[name.split('.')[1] ?? ''];
    const kind = spApi.recognise(bytes, name);
    if (account === undefined || kind === undefined) throw new Error(`${name} is not recognised`);
    const receivedAt = instant('2026-11-23T17:00:00Z');
    const said = spApi.translate({ kind, bytes, mediaType: 'application/json', receivedAt, origin: name }, account);
    const text = canonicalJson({ kind, ...said });
    const golden = new URL(name.replace(/\.json$/, '.facts.json'), folder);
    if (update) writeFileSync(golden, `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(JSON.parse(text)).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });
});
