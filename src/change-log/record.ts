import type { Currency } from '../base/currency.ts';
import type { AccountId, InvoiceNumber } from '../base/ids.ts';
import { type Instant, later } from '../base/instant.ts';
import { invariant } from '../base/invariant.ts';
import type { Change } from '../domain/changes.ts';
import { type Fact, type Subject, subjectOf } from '../domain/facts.ts';
import type { PlacedFact } from '../domain/order.ts';
import { productsMentioned } from '../domain/product.ts';
import { talliedColumns } from '../store/chain-rows.ts';
import { appendChanges } from '../store/changes.ts';
import { type IdentifiedFact, keepFacts, loadFacts, newFacts, type SourcedFact, subjectKey } from '../store/facts.ts';
import { announcePayments, creditsElsewhere, describeProducts, sumPayments, tieDeductions } from '../store/settle.ts';
import type { Sql } from '../store/sql.ts';
import { tallyOrders } from '../store/tally.ts';
import { deleteRows, type Row, rowKey, type Table, upsertRows } from '../store/write-rows.ts';
import {
  addCredits,
  changesBetween,
  foldCreditedInvoice,
  foldSubject,
  ordersTouched,
  rowsOf,
  type SubjectState,
} from './subjects.ts';

export interface Recorded {
  /** Facts that were not known before. */
  readonly facts: number;
  readonly changes: readonly Change[];
}

interface Account {
  readonly accountId: AccountId;
  readonly currency: Currency;
}

/** A subject before and after the new facts. */
interface Turn {
  readonly subject: Subject;
  readonly before: SubjectState | undefined;
  readonly after: SubjectState;
  readonly occurredAt: Instant;
}

/**
 * The one door. Writes facts, the state they make, and the changes that makes, in the caller's transaction: all or nothing.
 *
 * State is the fold of all facts of a subject, so facts may come in any order, any number of times, from any mix of
 * sources; what is known already writes nothing and changes nothing. The caller holds the account's turn (`Database.ingest`).
 */
export async function record(sql: Sql, account: Account, facts: readonly SourcedFact[]): Promise<Recorded> {
  const fresh = await newFacts(sql, account.accountId, facts);
  if (fresh.length === 0) return { facts: 0, changes: [] };

  const turns = await turnsOf(sql, account, fresh);
  await keepFacts(sql, account.accountId, fresh);
  const changes = turns.flatMap(({ before, after, occurredAt }) => changesBetween(before, after, occurredAt));
  await writeState(sql, account, turns);
  await describeProducts(
    sql,
    account.accountId,
    fresh.flatMap(({ fact }) => productsMentioned(fact)),
  );
  await appendChanges(sql, account.accountId, changes);
  return { facts: fresh.length, changes };
}

/** Fold every subject the new facts touch, without them and with them. */
async function turnsOf(sql: Sql, { accountId }: Account, fresh: readonly IdentifiedFact[]): Promise<Turn[]> {
  const subjects = new Map<string, Subject>();
  for (const { fact } of fresh) {
    for (const subject of [subjectOf(fact), ...creditedBy(fact)]) subjects.set(subjectKey(subject), subject);
  }
  const known = await loadFacts(sql, accountId, [...subjects.values()]);
  const placed = new Map<string, PlacedFact[]>();
  const freshAt = new Map<string, Instant>();
  for (const { id, fact, source } of fresh) {
    const key = subjectKey(subjectOf(fact));
    placed.set(key, [...(placed.get(key) ?? []), { id, fact, receivedAt: source.receivedAt }]);
    freshAt.set(key, later(freshAt.get(key) ?? fact.asOf, fact.asOf));
  }
  const newest = [...freshAt.values()].reduce(later);

  const folded = [...subjects].map(([key, subject]) => {
    const had = known.get(key) ?? [];
    const ids = new Set((placed.get(key) ?? []).map(({ id }) => id));
    const has = [...had.filter(({ id }) => !ids.has(id)), ...(placed.get(key) ?? [])];
    return { key, subject, had, has, before: foldSubject(subject, had), after: foldSubject(subject, has) };
  });

  const invoices = folded.filter((f) => f.subject.kind === 'invoice').map((f) => f.subject.key as InvoiceNumber);
  const elsewhere = await creditsElsewhere(sql, accountId, invoices);
  const credits = {
    before: addCredits(
      folded.map((f) => f.before),
      elsewhere,
    ),
    after: addCredits(
      folded.map((f) => f.after),
      elsewhere,
    ),
  };
  return folded.flatMap(({ key, subject, had, has, before, after }) => {
    const invoice = subject.kind === 'invoice' ? (subject.key as InvoiceNumber) : undefined;
    const was = invoice === undefined ? before : foldCreditedInvoice(had, credits.before.get(invoice));
    const is = invoice === undefined ? after : foldCreditedInvoice(has, credits.after.get(invoice));
    return is === undefined ? [] : [{ subject, before: was, after: is, occurredAt: freshAt.get(key) ?? newest }];
  });
}

/** A credit note changes the invoices it references. */
function creditedBy(fact: Fact): Subject[] {
  if (fact.kind !== 'invoice-submitted' || fact.document !== 'CREDIT_NOTE') return [];
  const numbers = fact.lines.flatMap((line) =>
    line.referencedInvoiceNumber === undefined ? [] : [line.referencedInvoiceNumber],
  );
  return [...new Set(numbers)].map((key) => ({ kind: 'invoice', key }));
}

async function writeState(sql: Sql, { accountId, currency }: Account, turns: readonly Turn[]): Promise<void> {
  const allocations = turns.flatMap(({ before, after }) =>
    [before, after].flatMap((s) => (s?.kind === 'invoice' ? s.state.allocations : [])),
  );
  const payments = allocations.flatMap(({ paymentNumber, amount, seenAt }) =>
    paymentNumber === undefined ? [] : [{ number: paymentNumber, currency: amount.currency, seenAt }],
  );
  await announcePayments(sql, accountId, [...new Map(payments.map((p) => [`${p.number} ${p.currency}`, p])).values()]);

  for (const kind of ['purchase-order', 'shipment', 'invoice', 'deduction'] as const) {
    const { written, gone } = rowsToWrite(
      accountId,
      currency,
      turns.filter(({ subject }) => subject.kind === kind),
    );
    for (const [table, rows] of [...gone].reverse()) await deleteRows(sql, table, rows);
    for (const [table, rows] of written) await upsertRows(sql, table, rows, insertOnly(table));
  }

  const invoices = turns.flatMap(({ after }) => {
    if (after.kind === 'invoice') return [after.state.number];
    return after.kind === 'deduction' && after.state.statedInvoiceNumber !== undefined
      ? [after.state.statedInvoiceNumber]
      : [];
  });
  await tieDeductions(sql, accountId, invoices);
  await sumPayments(sql, accountId, [...new Set(payments.map((p) => p.number))]);
  const orders = new Set(turns.flatMap(({ before, after }) => [...ordersTouched(before), ...ordersTouched(after)]));
  await tallyOrders(sql, accountId, [...orders]);
}

/** Rows that are new or different, and rows that are gone, by table, parents first. */
function rowsToWrite(accountId: AccountId, currency: Currency, turns: readonly Turn[]) {
  const written = new Map<Table, Row[]>();
  const gone = new Map<Table, Row[]>();
  for (const { before, after } of turns) {
    const kept = new Set<string>();
    for (const [table, rows] of rowsOf(accountId, after, currency)) {
      for (const row of rows) kept.add(table + rowKey(table, row));
      written.set(table, [...(written.get(table) ?? []), ...rows]);
    }
    for (const [table, rows] of before === undefined ? [] : rowsOf(accountId, before, currency)) {
      const old = rows.filter((row) => !kept.has(table + rowKey(table, row)));
      if (old.length > 0) gone.set(table, [...(gone.get(table) ?? []), ...old]);
    }
  }
  for (const [table, rows] of written) {
    invariant(
      new Set(rows.map((row) => rowKey(table, row))).size === rows.length,
      `rows of ${table} have keys of their own`,
    );
  }
  return { written, gone };
}

const insertOnly = (table: Table): readonly string[] =>
  table === 'PurchaseOrder' || table === 'OrderLine' ? talliedColumns[table] : [];
