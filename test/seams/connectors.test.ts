import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { spApi } from '../../plugins/connectors/sp-api/index.ts';
import { canonicalJson } from '../../src/base/canonical-json.ts';
import type { Currency } from '../../src/base/currency.ts';
import { instant } from '../../src/base/instant.ts';
import type { AccountProfile } from '../../src/seams/connector.ts';
import { connectorFindings } from '../../src/seams/laws/connector.ts';
import type { RecordedDocument } from '../../src/seams/laws/documents.ts';
import { pullFindings } from '../../src/seams/laws/pull.ts';
import { anAccount } from '../builders/account.ts';
import { profileOf, simulate, vendorOf } from '../plugins/connectors/sp-api/simulated.ts';

const folder = new URL('../../plugins/connectors/sp-api/recorded/', import.meta.url);
const accounts: Readonly<Record<string, AccountProfile>> = {
  us: anAccount(),
  eu: anAccount({ site: 'EU', currency: 'EUR' as Currency, timeZone: 'Europe/Berlin' }),
  jp: anAccount({ site: 'JP', currency: 'JPY' as Currency, timeZone: 'Asia/Tokyo' }),
};
const recorded = readdirSync(folder)
  .filter((name) => name.endsWith('.json') && !name.endsWith('.facts.json'))
  .map(
    (name): RecordedDocument => ({
      name,
      bytes: readFileSync(new URL(name, folder)),
      account: accounts[name.split('.')[1] ?? ''] ?? anAccount(),
      says: canonicalJson(JSON.parse(readFileSync(new URL(name.replace(/\.json$/, '.facts.json'), folder), 'utf8'))),
    }),
  );

describe('connector sp-api', () => {
  test.each(connectorFindings(spApi, recorded, anAccount()))('$number · $says', ({ verdict, because }) => {
    expect({ verdict, because }).toEqual({ verdict: 'kept', because: undefined });
  });
});

describe('connector sp-api, from the simulated vendor API', async () => {
  const vendor = vendorOf('JP');
  const simulator = await simulate({ vendor });
  afterAll(() => simulator.close());

  test('pulls by the laws', { timeout: 120_000 }, async () => {
    const findings = await pullFindings(spApi, () => ({
      account: profileOf(vendor),
      settings: {
        clientId: vendor.clientId,
        clientSecret: vendor.clientSecret,
        refreshToken: vendor.refreshToken,
        endpoint: simulator.url,
        requestsPerSecond: 1000,
        burst: 1000,
        firstPauseMillis: 2,
        longestPauseMillis: 20,
      },
      signal: AbortSignal.timeout(100_000),
      log: { info: () => {}, warn: () => {} },
      now: () => instant('2026-11-23T17:00:00Z'),
    }));
    expect(findings.map(({ number, verdict, because }) => [number, verdict, because])).toEqual([
      ['C9', 'kept', undefined],
      ['C10', 'kept', undefined],
      ['C11', 'kept', undefined],
      ['C12', 'kept', undefined],
    ]);
  });
});
