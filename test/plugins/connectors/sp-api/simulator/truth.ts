// The truth of the simulator, typed for the tests that compare with it.
import type { Simulator } from '../../../../../plugins/connectors/sp-api/simulator/index.ts';

export interface TrueLine {
  readonly sequence: string;
  readonly cost: string;
  readonly ordered: number;
  readonly accepted: number;
  readonly backordered: number;
  readonly rejected: number;
  readonly shipped: number;
  readonly received: number;
  readonly invoiced: number;
}
export interface TrueEvent {
  readonly at: string;
  readonly kind: string;
  readonly sequence?: string;
  readonly eaches?: number;
  readonly place?: string;
  readonly changes?: readonly { readonly field: string; readonly ordered?: number }[];
}
export interface TrueOrder {
  readonly number: string;
  readonly state: string;
  readonly type: string;
  readonly freight: string;
  readonly shipTo: string;
  readonly lines: readonly TrueLine[];
  readonly history: readonly TrueEvent[];
}
export interface TrueInvoice {
  readonly identifier: string;
  readonly number: string;
  readonly kind: 'payable' | 'receivable';
  readonly claim: string | null;
  readonly parent: string | null;
  readonly status: string;
  readonly dueAt: string;
  readonly total: string;
  readonly paid: string;
  readonly queued: string;
  readonly discount: string;
  readonly withheld: string;
  readonly quantityVariance: string;
  readonly priceVariance: string;
  readonly withheldFromParent: string;
  readonly rejected: string | null;
  readonly purchaseOrders: readonly string[];
  readonly remittances: readonly { readonly remittance: string; readonly at: string; readonly amount: string }[];
}
export interface TrueShipment {
  readonly identifier: string;
  readonly status: string;
  readonly cancelled: boolean;
  readonly billOfLading: string;
  readonly items: readonly { readonly purchaseOrderNumber: string; readonly eaches: number }[];
}
export interface Truth {
  readonly orders: readonly TrueOrder[];
  readonly shipments: readonly TrueShipment[];
  readonly invoices: readonly TrueInvoice[];
  readonly payments: readonly {
    readonly remittance: string;
    readonly paid: string;
    readonly deducted: string;
    readonly net: string;
    readonly documents: readonly string[];
  }[];
}
export interface Told {
  readonly edgeCase: number;
  readonly title: string;
  readonly account: string;
  readonly startsAt: string;
  readonly purchaseOrders: readonly string[];
  readonly shipments: readonly string[];
  readonly invoices: readonly string[];
}

export async function truthOf(simulator: Simulator, account: string): Promise<Truth> {
  const response = await fetch(`${simulator.url}/simulator/truth?vendor=${encodeURIComponent(account)}`);
  return (await response.json()) as Truth;
}

export async function storiesOf(simulator: Simulator): Promise<readonly Told[]> {
  const response = await fetch(`${simulator.url}/simulator/stories`);
  return ((await response.json()) as { stories: Told[] }).stories;
}

/** Decimal text as whole minor units, without a float on the way. */
export function minor(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole) * 10n ** BigInt(fraction.length) + BigInt(fraction || '0');
  return text.startsWith('-') ? -value : value;
}
