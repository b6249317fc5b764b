import type { ChangeFilter as LogFilter } from '../src/change-log/change-log.ts';
import { builder } from './builder.ts';
import { ChangeKind, Severity } from './change-kinds.ts';
import { accountIdsOf } from './ids.ts';

export const ChangeFilter = builder.inputType('ChangeFilter', {
  description: 'Which changes. Every member narrows; an absent one does not, an empty list matches nothing.',
  fields: (t) => ({
    accounts: t.idList({ description: 'Of these accounts.' }),
    sites: t.stringList({ description: 'At these sites: US, CA, EU, JP.' }),
    kinds: t.field({ type: [ChangeKind], description: 'Of these kinds.' }),
    severities: t.field({ type: [Severity], description: 'That matter this much.' }),
    orderNumbers: t.stringList({ description: 'About these orders.' }),
    invoiceNumbers: t.stringList({ description: 'About these invoices.' }),
    asins: t.stringList({ description: 'About these products.' }),
  }),
});

/** A filter in the log's words. Members that a narrower input lacks are absent. */
export function logFilter(given: Partial<typeof ChangeFilter.$inferInput> | null | undefined): LogFilter {
  const { accounts, ...others } = given ?? {};
  const accountIds = accountIdsOf(accounts, 'accounts');
  return {
    ...(accountIds !== undefined && { accountIds }),
    ...Object.fromEntries(Object.entries(others).filter(([, values]) => values != null)),
  };
}
