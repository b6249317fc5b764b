import type { ChangeFilter, LoggedChange } from './change-log.ts';

/**
 * Whether a filter lets a change through: what the table's query says with conditions, for changes in memory. Every
 * member narrows, an absent one does not, an empty list matches nothing; what a change does not have, no list holds.
 */
export function matches(
  { accountIds, kinds, severities, orderNumbers, asins }: ChangeFilter,
  change: LoggedChange,
): boolean {
  const { accountId, difference, severity, orderNumber, asin } = change;
  return (
    (accountIds === undefined || accountIds.includes(accountId)) &&
    (kinds === undefined || kinds.includes(difference.kind)) &&
    (severities === undefined || severities.includes(severity)) &&
    (orderNumbers === undefined || (orderNumber !== undefined && orderNumbers.includes(orderNumber))) &&
    (asins === undefined || (asin !== undefined && asins.includes(asin)))
  );
}
