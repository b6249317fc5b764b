import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spApi } from '../../../../plugins/connectors/sp-api/index.ts';
import { readInstant } from '../../../../plugins/connectors/sp-api/read/times.ts';
import { instantAt, offsetAt } from '../../../../plugins/connectors/sp-api/read/zone.ts';
import { addDays, day, dayIn } from '../../../../src/base/calendar-date.ts';
import type { Currency } from '../../../../src/base/currency.ts';
import { instant, toMillis } from '../../../../src/base/instant.ts';
import { formatMinor } from '../../../../src/base/money.ts';
import { anAccount } from '../../../builders/account.ts';

const zones = ['America/Los_Angeles', 'America/Toronto', 'Europe/Berlin', 'Asia/Tokyo', 'America/Sao_Paulo', 'UTC'];

describe('a date without a zone is the wall clock of the site', () => {
  test.each([
    ['2026-11-23T09:00:00', 'America/Los_Angeles', '2026-11-23T17:00:00.000Z'],
    ['2026-07-01', 'America/Los_Angeles', '2026-07-01T07:00:00.000Z'],
    ['2026-03-08T02:30:00', 'America/Los_Angeles', '2026-03-08T10:30:00.000Z'],
    ['2026-11-01T01:30:00', 'America/Los_Angeles', '2026-11-01T08:30:00.000Z'],
    ['2026-10-25T02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-11-23', 'Asia/Tokyo', '2026-11-22T15:00:00.000Z'],
    // Midnight did not exist: the day began at one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, at) => {
    expect(readInstant(text, zone)).toBe(at);
  });

  test('what is no date is none', () => {
    for (const text of ['2026-02-30', '2026-02-30T10:00:00Z', '20261123', 'yesterday', '2026-11-23 10:00', '']) {
      expect(readInstant(text, 'UTC')).toBeUndefined();
    }
  });

  test('an instant shown on the wall clock and read back is that instant, or the first of two', () => {
    const moments = fc.integer({ min: toMillis(instant('2010-01-01T00:00:00Z')) / 1000, max: 2_000_000_000 });
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (seconds, zone) => {
        const at = seconds * 1000;
        const wallClock = at + offsetAt(at, zone);
        const read = toMillis(instantAt(wallClock, zone));
        expect(read).toBeLessThanOrEqual(at);
        expect(read + offsetAt(read, zone)).toBe(wallClock);
      }),
    );
  });

  test('the start of any day is in that day, and just before it is the day before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7000 }), fc.constantFrom(...zones), (days, zone) => {
        const date = addDays(day('2010-01-01'), days);
        const start = readInstant(date, zone);
        if (start === undefined) throw new Error(`${date} has no start`);
        expect(dayIn(start, zone)).toBe(date);
        expect(dayIn(instant(new Date(toMillis(start) - 1).toISOString()), zone)).toBe(addDays(date, -1));
      }),
    );
  });
});

/** The total of an invoice whose amount is written exactly so. */
function totalOf(amount: string, currency: string): string {
  const partner = '{"partnerId":"V","partnerType":"VENDOR"}';
  const body =
    `{"invoices":[{"invoiceNumber":"I","invoiceStatus":"PAID","invoiceType":"OTHER","payee":${partner},` +
    `"issueDate":"2026-11-01T00:00:00Z","lastUpdatedDate":"2026-11-01T00:00:00Z",` +
    `"invoiceAmount":{"currencyCode":"${currency}","currencyAmount":${amount}}}]}`;
  const said = spApi.translate(aDocument('getInvoiceHeaders', body), anAccount({ currency: currency as Currency }));
  const [told] = said.facts;
  if (told?.fact.kind !== 'invoice-stated') return said.unreadable[0]?.code ?? 'nothing';
  return formatMinor(told.fact.total.minor, told.fact.currency);
}

const aDocument = (kind: string, body: string | Uint8Array) => ({
  kind,
  bytes: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  mediaType: 'application/json',
  receivedAt: instant('2026-11-23T17:00:00Z'),
  origin: 'test',
});

describe('an amount is the text that was sent', () => {
  test.each([
    ['540.10', 'USD', '540.10'],
    ['5.401e2', 'USD', '540.10'],
    ['"540.1"', 'USD', '540.10'],
    ['90071992547409931.07', 'USD', '90071992547409931.07'],
    ['0.1', 'USD', '0.10'],
    ['1200.0', 'JPY', '1200'],
    ['1200.5', 'JPY', 'NOT_AN_AMOUNT'],
    ['12.345', 'USD', 'NOT_AN_AMOUNT'],
    ['"12,50"', 'EUR', 'NOT_AN_AMOUNT'],
    ['true', 'EUR', 'NOT_AN_AMOUNT'],
    ['null', 'EUR', 'MISSING_MEMBER'],
  ])('%s %s is %s', (sent, currency, read) => {
    expect(totalOf(sent, currency)).toBe(read);
  });

  test('any amount of minor units survives the way through JSON', () => {
    const currencies = fc.constantFrom('USD', 'EUR', 'JPY');
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
        currencies,
        fc.boolean(),
        (minor, currency, asText) => {
          const text = formatMinor(minor, currency as Currency);
          expect(totalOf(asText ? `"${text}"` : text, currency)).toBe(text);
        },
      ),
    );
  });
});

describe('a document as a whole', () => {
  test.each<[string, string, string | Uint8Array, string]>([
    ['that is cut off', 'getPurchaseOrders', '{"payload":{"orders":[{"purchaseOrd', 'NOT_JSON'],
    ['that is not UTF-8', 'getPurchaseOrders', new Uint8Array([0x7b, 0xff, 0x7d]), 'NOT_JSON'],
    ['that says a member twice', 'getPurchaseOrders', '{"payload":1,"payload":2}', 'NOT_JSON'],
    ['that nests without end', 'getPurchaseOrders', '['.repeat(200_000), 'NOT_JSON'],
    ['that is a list', 'getPurchaseOrders', '[]', 'UNKNOWN_DOCUMENT'],
    ['of no known operation', 'getWeather', '{}', 'UNKNOWN_DOCUMENT'],
    ['of an operation named like a property', 'constructor', '{}', 'UNKNOWN_DOCUMENT'],
    [
      'that is an error',
      'getInvoice',
      '{"errors":[{"code":"QuotaExceeded","message":"Slow down."}]}',
      'UPSTREAM_ERROR',
    ],
    ['without its list', 'getShipmentDetails', '{"payload":{}}', 'MISSING_MEMBER'],
  ])('%s is refused by name', (_what, kind, body, code) => {
    const said = spApi.translate(aDocument(kind, body), anAccount());
    expect(said.facts).toEqual([]);
    expect(said.unreadable.map((one) => one.code)).toEqual([code]);
  });

  test('whatever JSON arrives, translating says something and never throws', () => {
    const kinds = fc.constantFrom(
      'getPurchaseOrders',
      'getPurchaseOrder',
      'getPurchaseOrdersStatus',
      'getShipmentDetails',
      'getInvoiceHeaders',
      'getInvoice',
      'submitAcknowledgement',
      'submitShipmentConfirmations',
      'submitInvoices',
      'getTransaction',
    );
    const names = fc.constantFrom(
      'orders',
      'ordersStatus',
      'shipments',
      'invoices',
      'invoiceHeader',
      'invoiceItems',
      'acknowledgements',
      'items',
      'shipmentConfirmations',
      'purchaseOrderNumber',
      'orderDetails',
      'netCost',
      'amount',
      'unitOfMeasure',
      'errors',
      'purchaseOrderDate',
      'orderedQuantity',
      'itemStatus',
      'invoiceAmount',
      'breakdowns',
      '__proto__',
      'toString',
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom('', ' ', '1', 'Eaches', '2026-11-01T00:00:00Z', 'USD'),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(kinds, names, value, (kind, list, json) => {
        const body = JSON.stringify({ payload: { [list]: [json], ...(typeof json === 'object' ? json : {}) } });
        const said = spApi.translate(aDocument(kind, body), anAccount());
        expect(said.facts.length + said.unreadable.length + said.warnings.length).toBeGreaterThanOrEqual(0);
        for (const { at, message } of said.unreadable) {
          expect(at === '' || at.startsWith('/')).toBe(true);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });

  test('bytes that are no JSON of ours are not recognised', () => {
    for (const body of [
      '',
      'PO,Line\n1,2',
      '{}',
      '[]',
      '{"payload":{"transactionId":"1"}}',
      '{"operationId":"getLabels"}',
    ]) {
      expect(spApi.recognise(new TextEncoder().encode(body), 'file.json')).toBeUndefined();
    }
  });
});
