import { parseCanonicalJson, plainJson } from '../base/canonical-json.ts';
import type { AccountId, Sha256 } from '../base/ids.ts';
import { fromMillis } from '../base/instant.ts';
import { type Fact, type Source, type Subject, subjectOf } from '../domain/facts.ts';
import { factId, type PlacedFact } from '../domain/order.ts';
import type { Sql } from './sql.ts';

/** A fact with the document that said it. */
export interface SourcedFact {
  readonly fact: Fact;
  readonly source: Source;
}

/** A fact with its identity and its document. */
export interface IdentifiedFact extends SourcedFact {
  readonly id: string;
}

/**
 * Those facts that are new here: not known yet, or known from a document that reached us later, since order of arrival
 * decides between facts of one instant. Of several sources of one fact, the earliest is kept.
 */
export async function newFacts(
  sql: Sql,
  accountId: AccountId,
  facts: readonly SourcedFact[],
): Promise<IdentifiedFact[]> {
  const candidates = new Map<string, IdentifiedFact>();
  for (const { fact, source } of facts) {
    const id = factId(fact);
    const other = candidates.get(id);
    if (other === undefined || arrival(source) < arrival(other.source)) candidates.set(id, { id, fact, source });
  }
  if (candidates.size === 0) return [];
  const known = await sql.query<{ id: string; receivedAt: Date; documentId: Sha256; at: string }>(
    `select "id", "receivedAt", "documentId", "at" from "Fact" where "accountId" = $1 and "id" = any ($2::uuid[])`,
    [accountId, [...candidates.keys()]],
  );
  for (const { id, receivedAt, ...source } of known) {
    const candidate = candidates.get(id);
    const had = arrival({ ...source, receivedAt: fromMillis(receivedAt.getTime()) });
    if (candidate !== undefined && had <= arrival(candidate.source)) candidates.delete(id);
  }
  return [...candidates.values()];
}

/** Places a source in time; among sources of one instant, by something that is the same on every run. */
const arrival = ({ receivedAt, documentId, at }: Pick<Source, 'receivedAt' | 'documentId' | 'at'>): string =>
  `${receivedAt} ${documentId} ${at}`;

/** Keep facts that `newFacts` found; one that is known takes the earlier document as its source. */
export async function keepFacts(sql: Sql, accountId: AccountId, facts: readonly IdentifiedFact[]): Promise<void> {
  const rows = facts.map(({ id, fact, source }) => {
    const subject = subjectOf(fact);
    return {
      accountId,
      id,
      kind: fact.kind,
      subjectKind: subject.kind,
      subjectKey: subject.key,
      asOf: fact.asOf,
      data: plainJson(fact),
      connector: source.connector,
      documentId: source.documentId,
      at: source.at,
      receivedAt: source.receivedAt,
    };
  });
  await sql.query(
    `insert into "Fact" select * from json_populate_recordset(null::"Fact", $1::json)
     on conflict ("accountId", "id") do update
       set "receivedAt" = excluded."receivedAt", "documentId" = excluded."documentId",
           "connector" = excluded."connector", "at" = excluded."at"`,
    [JSON.stringify(rows)],
  );
}

/** Every fact of these subjects, by subject; see `subjectKey`. */
export async function loadFacts(
  sql: Sql,
  accountId: AccountId,
  subjects: readonly Subject[],
): Promise<Map<string, PlacedFact[]>> {
  const rows = await sql.query<{
    id: string;
    subjectKind: Subject['kind'];
    subjectKey: string;
    data: string;
    receivedAt: Date;
  }>(
    `select f."id", f."subjectKind", f."subjectKey", f."data"::text as data, f."receivedAt"
       from json_to_recordset($2::json) as s("kind" text, "key" text)
       join "Fact" f on f."accountId" = $1 and f."subjectKind" = s."kind" and f."subjectKey" = s."key"`,
    [accountId, JSON.stringify(subjects)],
  );
  const bySubject = new Map<string, PlacedFact[]>();
  for (const row of rows) {
    const key = subjectKey({ kind: row.subjectKind, key: row.subjectKey });
    const placed: PlacedFact = {
      id: row.id,
      fact: parseCanonicalJson(row.data) as Fact,
      receivedAt: fromMillis(row.receivedAt.getTime()),
    };
    const known = bySubject.get(key);
    if (known === undefined) bySubject.set(key, [placed]);
    else known.push(placed);
  }
  return bySubject;
}

export const subjectKey = ({ kind, key }: Subject): string => `${kind}:${key}`;
