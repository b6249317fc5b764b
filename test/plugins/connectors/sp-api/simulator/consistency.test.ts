import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkDigit } from '../../../../../plugins/connectors/sp-api/simulator/check-digit.ts';
import { demoAccounts, type Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';
import { get, paths, type Quantity, readAll, start } from './client.ts';
import { minor, type Truth, truthOf } from './truth.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await start();
});
afterAll(() => simulator.close());

describe.each(demoAccounts)('$name', (account) => {
  let truth: Truth;
  beforeAll(async () => {
    truth = await truthOf(simulator, account.name);
  });

  test('quantities are never negative, and answers add up to what was ordered', () => {
    for (const line of truth.orders.flatMap((order) => order.lines)) {
      for (const eaches of [
        line.ordered,
        line.accepted,
        line.backordered,
        line.rejected,
        line.shipped,
        line.received,
        line.invoiced,
      ]) {
        expect(eaches).toBeGreaterThanOrEqual(0);
      }
    }
    for (const order of truth.orders) {
      const changed = order.history.some((event) => event.kind === 'changed');
      const answered = order.history.some((event) => event.kind === 'acknowledged');
      if (changed || !answered) continue;
      for (const line of order.lines) expect(line.accepted + line.backordered + line.rejected).toBe(line.ordered);
    }
  });

  test('nothing happens before what it rests on', () => {
    const chronicle = simulator.world.chronicle(account, simulator.clock.now());
    for (const order of chronicle.orders) {
      const times = order.events.map((event) => event.at);
      expect([...times].sort((a, b) => a - b)).toEqual(times);
      expect(Math.min(order.placedAt + 1, ...times)).toBeGreaterThan(order.placedAt);
    }
    for (const shipment of chronicle.shipments) {
      const answered = shipment.items.map(
        ({ order }) => order.events.find((event) => event.kind === 'acknowledged')?.at,
      );
      for (const at of answered) expect(at ?? Number.POSITIVE_INFINITY).toBeLessThan(shipment.createdAt);
      expect(shipment.events[0]?.at).toBe(shipment.createdAt);
    }
    for (const invoice of chronicle.invoices) {
      expect(invoice.issuedAt).toBeLessThanOrEqual(invoice.createdAt);
      for (const order of invoice.orders) expect(order.placedAt).toBeLessThan(invoice.createdAt);
      for (const event of invoice.events) expect(event.at).toBeGreaterThan(invoice.createdAt - 1);
      const kinds = invoice.events.map((event) => event.kind);
      if (kinds.includes('paid')) expect(kinds.indexOf('matched')).toBeLessThan(kinds.indexOf('paid'));
    }
  });

  test('what is settled never exceeds the invoice, and a finished one foots exactly', () => {
    for (const invoice of truth.invoices.filter((one) => one.kind === 'payable' && one.rejected === null)) {
      const parts = [
        invoice.paid,
        invoice.discount,
        invoice.withheld,
        invoice.quantityVariance,
        invoice.priceVariance,
      ].map(minor);
      const settled = parts.reduce((sum, part) => sum + part, 0n);
      const total = minor(invoice.total);
      if (total >= 0n) expect(settled <= total, invoice.identifier).toBe(true);
      if (invoice.status === 'PAID') expect(settled, invoice.identifier).toBe(total);
      expect(settled + minor(invoice.queued) <= (total > 0n ? total : 0n) || total < 0n, invoice.identifier).toBe(true);
    }
  });

  test('each remittance is the sum of its allocations', () => {
    expect(truth.payments.length).toBeGreaterThan(10);
    for (const payment of truth.payments) {
      let [paid, deducted] = [0n, 0n];
      for (const invoice of truth.invoices) {
        for (const part of invoice.remittances.filter((one) => one.remittance === payment.remittance)) {
          if (invoice.kind === 'payable') paid += minor(part.amount);
          else deducted += minor(part.amount);
        }
      }
      expect([minor(payment.paid), minor(payment.deducted), minor(payment.net)]).toEqual([
        paid,
        deducted,
        paid - deducted,
      ]);
    }
    expect(truth.payments.some((payment) => payment.documents.length > 2)).toBe(true);
  });

  test('what the API shows is the truth, in its own words', async () => {
    const read = await readAll(simulator, account);
    expect(read.orders.map((order) => order.purchaseOrderNumber).sort()).toEqual(
      truth.orders.map((order) => order.number).sort(),
    );
    expect(read.status.length).toBe(truth.orders.length);
    expect(read.shipments.map((one) => one.vendorShipmentIdentifier).sort()).toEqual(
      truth.shipments.map((one) => one.identifier).sort(),
    );
    expect(read.invoices.map((one) => one.invoiceIdentifier).sort()).toEqual(
      truth.invoices.map((one) => one.identifier).sort(),
    );
    for (const order of read.orders) expect(order.purchaseOrderNumber).toMatch(/^[A-Z0-9]{8}$/);
    const sscc = read.shipments
      .flatMap((one) => one.containers)
      .flatMap((one) => one.containerIdentifiers.map((id) => id.containerIdentificationNumber));
    expect(new Set(sscc).size).toBe(sscc.length);
    for (const number of sscc) {
      expect(number).toMatch(/^\d{18}$/);
      expect(number.slice(17)).toBe(checkDigit(number.slice(0, 17)));
    }
  });

  test('status quantities, in whatever unit, come to the true eaches', async () => {
    const { status } = await readAll(simulator, account);
    const eaches = (quantity: Quantity) => quantity.amount * quantity.unitSize;
    const shown = status.flatMap((order) =>
      order.itemStatus.map((line) => [
        `${order.purchaseOrderNumber}/${line.itemSequenceNumber}`,
        eaches(line.orderedQuantity.orderedQuantity),
        eaches(line.acknowledgementStatus.acceptedQuantity),
        eaches(line.acknowledgementStatus.rejectedQuantity),
        eaches(line.receivingStatus.receivedQuantity),
      ]),
    );
    const so = truth.orders.flatMap((order) =>
      order.lines.map((line) => [
        `${order.number}/${line.sequence}`,
        line.ordered,
        line.accepted + line.backordered,
        line.rejected,
        line.received,
      ]),
    );
    expect(shown).toEqual(so);
  });

  test('money is written with the digits of its currency, and lines sum to the header', async () => {
    const read = await readAll(simulator, account);
    const header = read.texts.join('\n');
    const amounts = [...header.matchAll(/"currencyAmount":(-?[\d.]+)/g)].map((found) => found[1] ?? '');
    expect(amounts.length).toBeGreaterThan(500);
    const shape = account.minorDigits === 2 ? /^-?\d+\.\d{2}$/ : /^-?\d+(\.0)?$/;
    expect(amounts.filter((amount) => !shape.test(amount))).toEqual([]);
    if (account.minorDigits === 2) expect(amounts.some((amount) => amount.endsWith('0'))).toBe(true);
    else expect(new Set(amounts.map((amount) => amount.endsWith('.0')))).toEqual(new Set([true, false]));
    for (const invoice of truth.invoices.slice(0, 40)) {
      const answer = await get(
        simulator,
        account,
        read.token,
        `${paths.invoices}/${encodeURIComponent(invoice.identifier)}`,
        {
          marketplaceId: account.marketplaceId,
        },
      );
      const items = answer.text.slice(answer.text.indexOf('"invoiceItems"'));
      const lines = [...items.matchAll(/"totalAmount":\{"currencyCode":"\w+","currencyAmount":(-?[\d.]+)\}/g)];
      const misc =
        /"MiscCharges","breakdownAmount":\{"currencyCode":"\w+","currencyAmount":(-?[\d.]+)/.exec(answer.text)?.[1] ??
        '0';
      const sum = lines.reduce((total, found) => total + coins(found[1] ?? '0'), coins(misc));
      if (lines.length < 600) expect(sum, invoice.identifier).toBe(minor(invoice.total));
    }
  });

  // Yen may carry an idle ".0".
  const coins = (text: string) => minor(account.minorDigits === 0 ? text.replace('.0', '') : text);
});
