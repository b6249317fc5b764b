import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { spApi } from '../../../../plugins/connectors/sp-api/index.ts';
import { instant } from '../../../../src/base/instant.ts';
import { anAccount } from '../../../builders/account.ts';

/** Amazon's own examples are not part of this repository; where they lie beside it, every one of them is read. */
const examples = new URL('../../../../../shared/reference/sp-api/', import.meta.url);
const elsewhere = process.env.SP_API_EXAMPLES;
const folder = elsewhere === undefined ? examples : new URL(`file://${elsewhere.replace(/\/?$/, '/')}`);
const files = ['sandbox-examples', 'use-case-examples', 'sample-responses'].flatMap((part) => {
  const at = new URL(`${part}/`, folder);
  return existsSync(at)
    ? readdirSync(at).map((name) => ({ name: `${part}/${name}`, url: new URL(encodeURIComponent(name), at) }))
    : [];
});

/** Answers that only name a transaction, labels, and direct fulfilment: nothing this connector tells facts of. */
const notOurs = [
  /vendorDirectFulfillment/,
  /sample-responses\/vendor(invoices|orders)-submit/,
  /sample-responses\/vendorshipments-(submit|getShipmentLabels)/,
];
/** No facts, and rightly so: why, by name. */
const deserved: readonly (readonly [RegExp, string | undefined])[] = [
  [/\.400\.\d\.json$/, 'UPSTREAM_ERROR'],
  [/submitAcknowledgement\.202\.1|SubmitShipmentConfirmations\.202\.1/, 'MISSING_MEMBER'],
  // Its currency is "IN".
  [/use-case-examples\/05_/, 'NOT_AN_AMOUNT'],
  [/use-case-examples\/24_/, 'UPSTREAM_ERROR'],
  [/use-case-examples\/2[23]_|getTransaction/, undefined],
];

if (files.length === 0) {
  test.skip("Amazon's published examples are not here: put them in ../shared or name their folder in SP_API_EXAMPLES", () => {});
} else {
  describe("Amazon's published example", () => {
    test.each(files)('$name is told, or refused for a reason', ({ name, url }) => {
      const bytes = readFileSync(url);
      const kind = spApi.recognise(bytes, name);
      if (kind === undefined) {
        expect(
          notOurs.some((pattern) => pattern.test(name)),
          `${name} is not recognised`,
        ).toBe(true);
        return;
      }
      const document = {
        kind,
        bytes,
        mediaType: 'application/json',
        receivedAt: instant('2026-11-23T17:00:00Z'),
        origin: name,
      };
      const said = spApi.translate(document, anAccount());
      const reason = deserved.find(([pattern]) => pattern.test(name));
      if (reason === undefined) {
        expect(said.unreadable).toEqual([]);
        expect(said.facts.length).toBeGreaterThan(0);
      } else {
        expect(said.facts).toEqual([]);
        expect([...new Set(said.unreadable.map(({ code }) => code))]).toEqual(
          reason[1] === undefined ? [] : [reason[1]],
        );
      }
    });

    test('a cancelled line is zero eaches, and cases of ten are fifty eaches', () => {
      const read = (part: string, start: string) => {
        const file = files.find(({ name }) => name.startsWith(`${part}/${start}`));
        if (file === undefined) throw new Error(`no ${start}`);
        const bytes = readFileSync(file.url);
        const kind = spApi.recognise(bytes, file.name) ?? '';
        const receivedAt = instant('2026-11-23T17:00:00Z');
        return spApi.translate({ kind, bytes, mediaType: 'application/json', receivedAt, origin: '' }, anAccount())
          .facts;
      };
      const [, changed] = read('sandbox-examples', 'vendorOrders.getPurchaseOrders.200.2');
      expect(changed?.fact).toMatchObject({ orderNumber: 'TestPO1', lines: [{ ordered: 0 }, { ordered: 10 }] });
      const [, weighed] = read('sandbox-examples', 'vendorOrders.getPurchaseOrders.200.0');
      expect(weighed?.fact).toMatchObject({
        lines: [{ ordered: 50, countedIn: 'CASES', caseSize: 10, costPer: 'POUNDS', unitCost: { cost: '94.97' } }],
      });
    });
  });
}
