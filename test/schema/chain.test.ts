import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountRow } from '../../src/store/accounts.ts';
import type { Tenant } from '../../src/store/database.ts';
import { ask } from './support/ask.ts';
import { aStory } from './support/story.ts';
import { accountRef, aWorld, tenantOf, type World } from './support/world.ts';

let world: World;
let us: AccountRow;
let jp: AccountRow;
let tenant: Tenant;

beforeAll(async () => {
  world = await aWorld();
  const larkfield = await world.organisation('Larkfield');
  us = await world.account(larkfield);
  jp = await world.account(larkfield, {
    name: 'Larkfield JP',
    site: 'JP',
    currency: 'JPY' as AccountRow['currency'],
    marketplaceId: 'A1VC38T7YXB528',
    timeZone: 'Asia/Tokyo',
  });
  tenant = tenantOf(larkfield, [us, jp]);
  await world.tell(us, aStory({ number: '1AAAAAAA', shipped: 10, received: 8, changedTo: 12 }));
  await world.tell(jp, aStory({ number: '1JJJJJJJ', currency: 'JPY', unitCost: '1234.5', received: 10 }));
});
afterAll(() => world.close());

const chain = `
  query ($account: ID!, $number: String!) {
    purchaseOrder(account: $account, number: $number) {
      number state amazonState version
      quantities { ordered accepted backordered rejected shipped received invoiced outstanding }
      money { ordered { amount currency } invoiced { amount } paid { amount } deducted { amount } discount { amount } credited { amount } open { amount } }
      account { name }
      versions { version terms { shipWindow { to } lines { lineNumber ordered unitCost { cost per } } } differences { __typename kind lineNumber ... on QuantityDifference { quantityBefore quantityAfter } ... on WindowDifference { windowAfter { to } } } }
      lines(first: 10) { nodes {
        lineNumber asin state
        unitCost { cost currency per }
        quantities { ordered accepted shipped received invoiced outstanding }
        money { ordered { amount } invoiced { amount } paid { amount } deducted { amount } open { amount } }
        acknowledgements { code quantity standing }
        receipts { quantity runningTotal receivedAt }
        shipmentLines { shipped shipment { identifier shippedAt containers(first: 5) { nodes { kind sscc parentSequence items { packed expiresOn } } } } }
        invoiceLines { invoiced total { amount } invoice { number dueOn allocations { amount { amount } payment { number amount { amount } } } deductions { kind amount { amount } } } }
      } }
    }
  }`;

test('one query shows an order with its lines and everything that happened to each line', async () => {
  const answer = await ask(world, tenant, chain, { account: accountRef(us), number: '1AAAAAAA' });
  expect(answer.errors).toEqual([]);
  expect(answer.data).toMatchSnapshot();
});

test('yen have no minor digits, and a unit cost may have more', async () => {
  const answer = await ask(world, tenant, chain, { account: accountRef(jp), number: '1JJJJJJJ' });
  expect(answer.errors).toEqual([]);
  expect(answer.data.purchaseOrder.money).toEqual({
    ordered: { amount: '24690', currency: 'JPY' },
    invoiced: { amount: '24690' },
    paid: { amount: '24690' },
    deducted: { amount: '0' },
    discount: { amount: '0' },
    credited: { amount: '0' },
    open: { amount: '0' },
  });
  expect(answer.data.purchaseOrder.lines.nodes[0].unitCost).toEqual({ cost: '1234.5', currency: 'JPY', per: 'EACH' });
});
