/** A product as an invoice line names it. */
export interface InvoicedProduct {
  readonly asin?: string;
  readonly vendorSku?: string;
  readonly description?: string;
}

/**
 * The named places in the core where one plugin may stand, per site, and what it answers there. Pure and synchronous.
 * Nobody has to: an empty slot, or one that answers `undefined`, leaves the core to what it does without.
 */
export interface Slots {
  /** Which of the site's tax classes a product is in. No document says; without an answer it is `standard`. Asked once per invoice line. */
  readonly 'tax.product-class': (product: InvoicedProduct) => string | undefined;
}

export const slotNames = Object.keys({ 'tax.product-class': 1 } satisfies Record<
  keyof Slots,
  1
>) as readonly (keyof Slots)[];

/** What fills the slots, as the core asks it. */
export interface FilledSlots {
  productClass(site: string, product: InvoicedProduct): string | undefined;
}

export const emptySlots: FilledSlots = { productClass: () => undefined };
