import type { Asin, Currency, MatchedLine, PurchaseOrderNumber } from 'acorn/plugin';
import { asMoney, money, unitCost } from '../read/amounts.ts';
import { sumsByType } from '../read/breakdowns.ts';
import { wholeEaches } from '../read/counts.ts';
import { needLineNumber } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { related } from '../read/related.ts';
import { stated } from '../read/stated.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord, word } from '../read/words.ts';

/** One page of an invoice's lines. */
export interface ReadItems {
  readonly lines: readonly MatchedLine[];
  /** Service charge types and defects of these lines, each once, in order of appearance. */
  readonly reasons: readonly string[];
  /** Set when another page follows. */
  readonly more: true | undefined;
}

export function readItems(body: Part, currency: Currency): ReadItems {
  const items = body.list('invoiceItems');
  const reasons = new Set<string>();
  const lines = items.map((item) => {
    const context = item.member('lineItemContext');
    const charge = context && word(context, 'serviceChargeType', vocabulary.serviceChargeType);
    if (charge !== undefined) reasons.add(charge);
    const line = readItem(item, context, currency);
    for (const defect of line.reasons.flatMap(({ defects }) => defects)) reasons.add(defect);
    return line;
  });
  return {
    lines,
    reasons: [...reasons],
    more: body.member('nextTokenForLineItems') === undefined ? undefined : true,
  };
}

function readItem(item: Part, context: Part | undefined, currency: Currency): MatchedLine {
  const parts = sumsByType(item, 'totalAmountBreakdown', vocabulary.lineBreakdown, currency);
  const match = context?.member('matchingContext');
  const identified = new Map(
    context
      ?.list('itemIdentifiers')
      .map((one) => [one.needText('itemIdentifierName'), one.needText('itemIdentifierValue')]),
  );
  return stated<MatchedLine>({
    lineNumber: needLineNumber(item, 'lineItemId'),
    orderNumber: relatedToItem(item, 'PURCHASE_ORDER_IDS') as PurchaseOrderNumber | undefined,
    asin: identified.get('ASIN') as Asin | undefined,
    vendorSku: ['SKU', 'EXTERNAL_ID', 'EAN', 'UPC', 'ISBN'].flatMap((name) => identified.get(name) ?? [])[0],
    description: context?.text('itemDescription'),
    lineType: context && word(context, 'lineItemType', vocabulary.lineItemType),
    invoiced: wholeEaches(item, 'quantity'),
    unitCost: unitCost(item, 'unitCost'),
    net: parts.get('ItemCostWithoutTax'),
    tax: parts.get('ItemTaxAmount'),
    total: asMoney(item.need('totalAmount')),
    taxRateCodes: item.list('taxRateCodes').map((code) => code.asText()),
    matched: wholeEaches(match, 'matchedQuantity'),
    matchedAmount: money(match, 'matchedAmount'),
    quantityVariance: wholeEaches(match, 'quantityVariance'),
    priceVariance: money(match, 'priceVariance'),
    paidQuantity: wholeEaches(match, 'paidQuantity'),
    paid: money(match, 'paidAmount'),
    reasons: (match?.list('varianceReasons') ?? []).map((reason) => ({
      variance: needWord(reason, 'varianceType', vocabulary.varianceType),
      defects: reason.list('defectTypes').map((defect) => defect.asText()),
    })),
  });
}

/** The order of a line, when it has just one: of several nobody says which. */
function relatedToItem(item: Part, name: string): string | undefined {
  const values = related(item, name, 'relatedItemIdentifiers');
  return values?.length === 1 ? values[0] : undefined;
}
