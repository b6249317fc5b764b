import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { spApi } from '../../plugins/connectors/sp-api/index.ts';
import { plugins } from '../../plugins/index.ts';
import { instant } from '../../src/base/instant.ts';
import { connectorFindings } from '../../src/seams/laws/connector.ts';
import { pullFindings } from '../../src/seams/laws/pull.ts';
import { accountAt, recordedIn } from '../../src/server/plugin-check/recorded.ts';
import { profileOf, simulate, vendorOf } from '../plugins/connectors/sp-api/simulated.ts';

const sites = plugins.flatMap((plugin) => plugin.sites ?? []);
const connectors = plugins.flatMap(({ connector }) => (connector === undefined ? [] : [connector]));

describe.each(connectors)('connector $name', (connector) => {
  const folder = fileURLToPath(new URL(`../../plugins/connectors/${connector.name}`, import.meta.url));
  const recorded = recordedIn(folder, sites);

  test('has documents that were recorded', () => {
    expect(recorded.length).toBeGreaterThan(0);
  });

  test.each(connectorFindings(connector, recorded, accountAt(undefined, sites)))(
    '$number · $says',
    ({ verdict, because }) => {
      expect({ verdict, because }).toEqual({ verdict: 'kept', because: undefined });
    },
  );
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
