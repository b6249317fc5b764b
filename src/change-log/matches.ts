import type { ChangeFilter, LoggedChange } from './change-log.ts';

/** A filter as memory can look at it: a change says its account, and not at which site that is. */
export type MemoryFilter = Omit<ChangeFilter, 'sites'>;

/**
 * Whether a filter lets a change through: what the table's query says with conditions, for changes in memory. Every
 * member narrows, an absent one does not, an empty list matches nothing; what a change does not have, no list holds.
 */
export function matches(
  { accountIds, subjects, kinds, severities, orderNumbers, invoiceNumbers, asins }: MemoryFilter,
  change: LoggedChange,
): boolean {
  const { accountId, subject, difference, severity, orderNumber, invoiceNumber, asin } = change;
  return (
    (accountIds === undefined || accountIds.includes(accountId)) &&
    (subjects === undefined || subjects.includes(subject.kind)) &&
    (kinds === undefined || kinds.includes(difference.kind)) &&
    (severities === undefined || severities.includes(severity)) &&
    (orderNumbers === undefined || (orderNumber !== undefined && orderNumbers.includes(orderNumber))) &&
    (invoiceNumbers === undefined || (invoiceNumber !== undefined && invoiceNumbers.includes(invoiceNumber))) &&
    (asins === undefined || (asin !== undefined && asins.includes(asin)))
  );
}
