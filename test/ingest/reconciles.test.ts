import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Simulator } from '../../plugins/connectors/sp-api/simulator/index.ts';
import { demoAccounts } from '../../plugins/connectors/sp-api/simulator/index.ts';
import { syncAccount } from '../../src/ingest/sync.ts';
import { standingVendor, syncContext } from '../support/vendor.ts';
import { type TestAccount, type TestWorld, testWorld } from '../support/world.ts';

let world: TestWorld;
let simulator: Simulator;
beforeAll(async () => {
  world = await testWorld();
  simulator = await standingVendor({ at: '2026-09-01T12:00:00Z', months: 3, ordersPerMonth: 15 });
}, 60_000);
afterAll(async () => {
  await simulator.close();
  await world.close();
});

interface Truth {
  orders: { number: string; lines: Record<string, string | number>[] }[];
  invoices: { number: string; kind: string; rejected: unknown; paid: string; discount: string; total: string }[];
  payments: { remittance: string; paid: string }[];
}

const truthOf = async (account: TestAccount): Promise<Truth> => {
  const vendor = demoAccounts.find(({ site }) => site === account.site)?.name ?? '';
  return (await (await fetch(`${simulator.url}/simulator/truth?vendor=${encodeURIComponent(vendor)}`)).json()) as Truth;
};

/** What must hold of every row, whatever the documents said. Each statement counts the rows that break it. */
const laws = {
  'quantities are not negative': `select count(*) from "OrderLine" where least("ordered", "accepted", "backordered", "rejected", "shipped", "received") < 0`,
  'receipts sum to what is received': `select count(*) from "OrderLine" l where "received" <> (select coalesce(sum(r."quantity"), 0) from "Receipt" r where (r."accountId", r."orderNumber", r."lineNumber") = (l."accountId", l."orderNumber", l."lineNumber"))`,
  'an invoice is its parts': `select count(*) from "Invoice" where "totalMinor" <> "paidMinor" + "deductedMinor" + "discountMinor" + "creditedMinor" + "openMinor"`,
  'an invoice line is its parts': `select count(*) from "InvoiceLine" where "totalMinor" <> "paidMinor" + "deductedMinor" + "discountMinor" + "creditedMinor" + "openMinor"`,
  'an invoice is its lines': `select count(*) from "Invoice" i join (select "accountId", "invoiceNumber", sum("totalMinor") t, sum("paidMinor") p, sum("openMinor") o from "InvoiceLine" group by 1, 2) l on (l."accountId", l."invoiceNumber") = (i."accountId", i."number") where (i."totalMinor", i."paidMinor", i."openMinor") <> (l.t, l.p, l.o)`,
  'an order line is what was invoiced on it': `select count(*) from "OrderLine" where "invoicedMinor" <> "paidMinor" + "deductedMinor" + "discountMinor" + "creditedMinor" + "openMinor"`,
  'an order is its lines': `select count(*) from "PurchaseOrder" o join (select "accountId", "orderNumber", sum("shipped") s, sum("invoicedMinor") i, sum("openMinor") p from "OrderLine" group by 1, 2) l on (l."accountId", l."orderNumber") = (o."accountId", o."number") where (o."shipped", o."invoicedMinor", o."openMinor") <> (l.s, l.i, l.p)`,
  'an invoice was paid what was allocated to it': `select count(*) from "Invoice" i where "paidMinor" <> (select coalesce(sum(a."amountMinor"), 0) from "Allocation" a where (a."accountId", a."invoiceNumber") = (i."accountId", i."number"))`,
  'a payment is its allocations and what is unexplained': `select count(*) from "Payment" p where "amountMinor" <> "unexplainedMinor" + (select coalesce(sum(a."amountMinor"), 0) from "Allocation" a where (a."accountId", a."paymentNumber", a."currency") = (p."accountId", p."number", p."currency"))`,
  'every line of a shipment found its order line': `select count(*) from "ShipmentLine" s where "orderLineNumber" is null and exists (select from "PurchaseOrder" o where (o."accountId", o."number") = (s."accountId", s."orderNumber"))`,
};

test.each(['US', 'EU', 'JP'] as const)(
  'an account at %s, read as time goes on, is what is true upstream',
  async (site) => {
    const account = await world.account(`Reader ${site}`, site);
    const context = syncContext(world, account, simulator);
    for (const day of ['2026-09-01', '2026-09-20', '2026-10-15']) {
      simulator.clock.set({ now: Date.parse(`${day}T12:00:00Z`) });
      await syncAccount(context);
    }
    const truth = await truthOf(account);
    const lines = await world.database.read(account.tenant, (db) =>
      db.orderLine.findMany({ where: { removed: false } }),
    );
    const shown = new Map(lines.map((l) => [`${l.orderNumber} ${l.lineNumber}`, l]));
    const differing = truth.orders.flatMap((order) =>
      order.lines.flatMap(({ sequence, ordered, accepted, backordered, rejected, received, shipped }) => {
        const line = shown.get(`${order.number} ${Number(sequence)}`);
        const is = line && {
          ordered: line.ordered,
          accepted: line.accepted + line.backordered,
          rejected: line.rejected,
          received: line.received,
          shipped: line.shipped,
        };
        // Amazon's totals count a backorder among the accepted; only the acknowledgement itself tells them apart.
        const should = { ordered, accepted: Number(accepted) + Number(backordered), rejected, received, shipped };
        return JSON.stringify(is) === JSON.stringify(should) ? [] : [{ order: order.number, sequence, is, should }];
      }),
    );
    expect(truth.orders.length).toBeGreaterThan(20);
    expect(differing).toEqual([]);

    const paid = await world.database.read(account.tenant, (db) => db.invoice.aggregate({ _sum: { paidMinor: true } }));
    const minor = (amount: string) => BigInt(amount.replace('.', ''));
    const should = truth.invoices.filter((i) => i.kind === 'payable').reduce((total, i) => total + minor(i.paid), 0n);
    expect(paid._sum.paidMinor).toBe(should);

    for (const [law, statement] of Object.entries(laws)) {
      const [row] = await world.database.ingest(account.accountId, (sql) => sql.query<{ count: string }>(statement));
      expect([law, Number(row?.count)]).toEqual([law, 0]);
    }
  },
  120_000,
);
