// A plain reader of the simulator, as any integrator would write one.
import {
  demoAccounts,
  type SimulatedAccount,
  type Simulator,
  startSimulator,
} from '../../../../../plugins/connectors/sp-api/simulator/index.ts';

export const startAt = '2026-03-02T10:00:00Z';
export const day = 86_400_000;

/** The fields the tests look at, of whatever document it is. What is missing at run time fails the test that asks. */
export interface Loose {
  readonly purchaseOrderNumber: string;
  readonly purchaseOrderState: string;
  readonly purchaseOrderStatus: string;
  readonly orderDetails: {
    readonly purchaseOrderDate: string;
    readonly purchaseOrderChangedDate?: string;
    readonly sellingParty: { readonly partyId: string };
    readonly items: readonly { readonly orderedQuantity: { readonly amount: number } }[];
  };
  readonly vendorShipmentIdentifier: string;
  readonly containers: readonly {
    readonly containerIdentifiers: readonly { readonly containerIdentificationNumber: string }[];
  }[];
  readonly invoiceIdentifier: string;
  readonly invoiceStatus: string;
  readonly relatedIdentifiers: readonly {
    readonly relatedIdentifierName: string;
    readonly relatedIdentifierValue: string[];
  }[];
  readonly itemStatus: readonly {
    readonly itemSequenceNumber: string;
    readonly orderedQuantity: { readonly orderedQuantity: Quantity };
    readonly acknowledgementStatus: { readonly acceptedQuantity: Quantity; readonly rejectedQuantity: Quantity };
    readonly receivingStatus: { readonly receivedQuantity: Quantity };
  }[];
}

export interface Quantity {
  readonly amount: number;
  readonly unitSize: number;
}

/** The envelopes of all operations in one. */
export interface Envelope {
  readonly payload: {
    readonly pagination?: { readonly nextToken?: string };
    readonly orders: readonly Loose[];
    readonly ordersStatus: readonly Loose[];
    readonly shipments: readonly Loose[];
  };
  readonly errors: readonly { readonly code: string; readonly message: string; readonly details: string }[];
  readonly invoices: readonly Loose[];
  readonly numOfRecords: number;
  readonly nextToken?: string;
  readonly invoiceItems: readonly unknown[];
  readonly nextTokenForLineItems?: string;
}

/** A simulator with the rate limit off, unless the faults say otherwise. */
export const start = (options: Partial<Parameters<typeof startSimulator>[0]> = {}): Promise<Simulator> =>
  startSimulator({
    clock: { startAt },
    ...options,
    faults: { rateLimit: { enforce: false, rps: 10, burst: 10 }, ...options.faults },
  });

export function accountAt(site: SimulatedAccount['site']): SimulatedAccount {
  const account = demoAccounts.find((one) => one.site === site);
  if (!account) throw new Error(`no demo account at ${site}`);
  return account;
}

export async function login(simulator: Simulator, account: SimulatedAccount): Promise<string> {
  const { clientId: client_id, clientSecret: client_secret, refreshToken: refresh_token } = account;
  const response = await fetch(`${simulator.url}/auth/o2/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', client_id, client_secret, refresh_token }),
  });
  const body = (await response.json()) as { access_token: string };
  return body.access_token;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Envelope;
}

export async function get(
  simulator: Simulator,
  account: SimulatedAccount,
  token: string,
  path: string,
  query: { readonly [name: string]: string } = {},
): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  const response = await fetch(`${simulator.url}/${account.region}${path}${search ? `?${search}` : ''}`, {
    headers: { 'x-amz-access-token': token },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parse(text) };
}

const parse = (text: string): Envelope => {
  try {
    return JSON.parse(text) as Envelope;
  } catch {
    return {} as Envelope;
  }
};

export const paths = {
  orders: '/vendor/orders/v1/purchaseOrders',
  status: '/vendor/orders/v1/purchaseOrdersStatus',
  shipments: '/vendor/shipping/v1/shipments',
  invoices: '/finances/invoices/2026-06-25/invoices',
} as const;

/** Every page of a listing, as texts and as items. */
export async function all(
  simulator: Simulator,
  account: SimulatedAccount,
  token: string,
  path: string,
  query: { readonly [name: string]: string },
): Promise<{ items: Loose[]; pages: Answer[] }> {
  const items: Loose[] = [];
  const pages: Answer[] = [];
  for (let nextToken: string | undefined; ; ) {
    const answer = await get(simulator, account, token, path, nextToken ? { ...query, nextToken } : query);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    pages.push(answer);
    const { payload, invoices, nextToken: last } = answer.json;
    items.push(...(invoices ?? payload.orders ?? payload.ordersStatus ?? payload.shipments));
    const next = payload ? payload.pagination?.nextToken : last;
    if (!next) return { items, pages };
    nextToken = next;
  }
}

/** Weekly windows from six months before `now` to `now`. */
export function weeks(now: number): { after: string; before: string }[] {
  return Array.from({ length: 27 }, (_, i) => ({
    after: new Date(now - (i + 1) * 7 * day).toISOString(),
    before: new Date(now - i * 7 * day).toISOString(),
  })).reverse();
}

/** Everything one account shows, by operation. */
export async function readAll(simulator: Simulator, account: SimulatedAccount) {
  const token = await login(simulator, account);
  const now = simulator.clock.now();
  const read = { orders: [] as Loose[], status: [] as Loose[], shipments: [] as Loose[], invoices: [] as Loose[] };
  const texts: string[] = [];
  for (const { after, before } of weeks(now)) {
    for (const name of ['orders', 'status', 'shipments'] as const) {
      const { items, pages } = await all(simulator, account, token, paths[name], {
        createdAfter: after,
        createdBefore: before,
      });
      read[name].push(...items);
      texts.push(...pages.map((page) => page.text));
    }
  }
  for (const back of [180, 90]) {
    const { items, pages } = await all(simulator, account, token, paths.invoices, {
      marketplaceId: account.marketplaceId,
      fromIssueDate: new Date(now - back * day).toISOString(),
      toIssueDate: new Date(now - (back - 90) * day).toISOString(),
    });
    read.invoices.push(...items);
    texts.push(...pages.map((page) => page.text));
  }
  return { ...read, texts, token };
}
