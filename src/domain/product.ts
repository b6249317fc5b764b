import type { Asin } from '../base/ids.ts';
import type { Instant } from '../base/instant.ts';
import type { Fact } from './facts.ts';

/** What a fact says of a product in passing. */
export interface ProductMention {
  readonly asin: Asin;
  readonly vendorSku?: string;
  readonly title?: string;
  readonly asOf: Instant;
}

/** The products a fact mentions: the vendor's number on orders, the description on invoices. */
export function productsMentioned(fact: Fact): ProductMention[] {
  switch (fact.kind) {
    case 'purchase-order-stated':
    case 'order-progress-stated':
      return (fact.lines ?? []).flatMap(({ asin, vendorSku }) =>
        asin === undefined ? [] : [{ asin, asOf: fact.asOf, ...(vendorSku !== undefined && { vendorSku }) }],
      );
    case 'invoice-stated':
      return (fact.lines ?? []).flatMap(({ asin, description }) =>
        asin === undefined ? [] : [{ asin, asOf: fact.asOf, ...(description !== undefined && { title: description }) }],
      );
    default:
      return [];
  }
}

/** One mention per product: of each of its parts the newest, and of equals the greater text, so that order makes no difference. */
export function newestMentions(mentions: readonly ProductMention[]) {
  const products = new Map<Asin, { vendorSku?: Dated; title?: Dated }>();
  for (const { asin, vendorSku, title, asOf } of mentions) {
    const known = products.get(asin) ?? {};
    const sku = newer(known.vendorSku, vendorSku, asOf);
    const named = newer(known.title, title, asOf);
    products.set(asin, { ...(sku && { vendorSku: sku }), ...(named && { title: named }) });
  }
  return products;
}

interface Dated {
  readonly text: string;
  readonly asOf: Instant;
}

function newer(known: Dated | undefined, text: string | undefined, asOf: Instant): Dated | undefined {
  if (text === undefined) return known;
  const wins = known === undefined || asOf > known.asOf || (asOf === known.asOf && text > known.text);
  return wins ? { text, asOf } : known;
}
