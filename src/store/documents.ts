import { sha256 } from '../base/canonical-json.ts';
import type { AccountId, Sha256 } from '../base/ids.ts';
import { fromMillis, type Instant } from '../base/instant.ts';
import type { ContractWarning, RawDocument, Unreadable } from '../seams/connector.ts';
import type { Sql } from './sql.ts';

/** A document with the hash of its bytes. */
export interface HashedDocument extends RawDocument {
  readonly documentId: Sha256;
}

/** Keep documents as received. The same bytes are kept once, with the earliest arrival. @returns the hashes of those that were new */
export async function keepDocuments(
  sql: Sql,
  accountId: AccountId,
  connector: string,
  documents: readonly HashedDocument[],
): Promise<Set<Sha256>> {
  const distinct = new Map<Sha256, HashedDocument>();
  for (const document of documents) {
    const other = distinct.get(document.documentId);
    if (other === undefined || document.receivedAt < other.receivedAt) distinct.set(document.documentId, document);
  }
  const kept = [...distinct.values()];
  if (kept.length === 0) return new Set();
  const rows = await sql.query<{ sha256: Sha256; created: boolean }>(
    `insert into "RawDocument" as d ("accountId", "connector", "sha256", "kind", "mediaType", "origin", "receivedAt", "size", "bytes")
     select $1, $2, sha256, kind, media_type, origin, received_at, length(bytes), bytes
       from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::bytea[])
       as given (sha256, kind, media_type, origin, received_at, bytes)
     on conflict ("accountId", "sha256") do update set "receivedAt" = least(d."receivedAt", excluded."receivedAt")
     returning "sha256", (xmax = 0) as created`,
    [
      accountId,
      connector,
      kept.map((d) => d.documentId),
      kept.map((d) => d.kind),
      kept.map((d) => d.mediaType),
      kept.map((d) => d.origin),
      kept.map((d) => d.receivedAt),
      kept.map((d) => Buffer.from(d.bytes)),
    ],
  );
  return new Set(rows.filter(({ created }) => created).map(({ sha256 }) => sha256));
}

/** A document by its hash, byte for byte. */
export async function loadDocument(
  sql: Sql,
  accountId: AccountId,
  documentId: string,
): Promise<(RawDocument & { readonly connector: string }) | undefined> {
  const rows = await sql.query<{
    connector: string;
    kind: string;
    mediaType: string;
    origin: string;
    receivedAt: Date;
    bytes: Buffer;
  }>(
    `select "connector", "kind", "mediaType", "origin", "receivedAt", "bytes" from "RawDocument" where "accountId" = $1 and "sha256" = $2`,
    [accountId, documentId],
  );
  return rows[0] && { ...rows[0], receivedAt: fromMillis(rows[0].receivedAt.getTime()) };
}

/** The parked part's own id: one place of one document is parked once. */
export const parkedId = (documentId: Sha256, at: string): string => sha256(`${documentId} ${at}`).slice(0, 32);

/** Park what could not be read. What is parked already, and still cannot be read, stays as it is. */
export async function parkUnreadable(
  sql: Sql,
  accountId: AccountId,
  documentId: Sha256,
  unreadable: readonly (Pick<Unreadable, 'at' | 'message'> & { readonly code: string })[],
  now: Instant,
): Promise<void> {
  const parts = new Map(unreadable.map((part) => [part.at, part]));
  for (const { at, code, message } of parts.values()) {
    await sql.query(
      `insert into "ParkedDocument" as p ("accountId", "id", "documentId", "at", "code", "message", "parkedAt", "attempts", "lastTriedAt")
       values ($1, $2, $3, $4, $5, $6, $7, 1, $7)
       on conflict ("accountId", "id") do update set "resolvedAt" = null, "code" = excluded."code", "message" = excluded."message"
       where p."resolvedAt" is not null`,
      [accountId, parkedId(documentId, at), documentId, at, code, message, now],
    );
  }
}

export interface ParkedRow {
  readonly id: string;
  readonly documentId: Sha256;
  readonly at: string;
}

export async function findParked(sql: Sql, accountId: AccountId, id: string): Promise<ParkedRow | undefined> {
  const rows = await sql.query<ParkedRow>(
    `select "id", "documentId", "at" from "ParkedDocument" where "accountId" = $1 and "id" = $2`,
    [accountId, id],
  );
  return rows[0];
}

/** Note the outcome of a retry: the new reason, or none when it could be read. */
export async function noteRetry(
  sql: Sql,
  accountId: AccountId,
  id: string,
  reason: { readonly code: string; readonly message: string } | undefined,
  now: Instant,
): Promise<void> {
  await sql.query(
    `update "ParkedDocument"
        set "attempts" = "attempts" + 1, "lastTriedAt" = $3, "code" = coalesce($4, "code"), "message" = coalesce($5, "message"),
            "resolvedAt" = case when $4::text is null then $3::timestamptz end
      where "accountId" = $1 and "id" = $2`,
    [accountId, id, now, reason?.code ?? null, reason?.message ?? null],
  );
}

/** Add one new document's departures from the contract to the report; equal ones count up. */
export async function keepWarnings(
  sql: Sql,
  accountId: AccountId,
  connector: string,
  documentId: Sha256,
  document: Pick<RawDocument, 'kind' | 'receivedAt'>,
  warnings: readonly ContractWarning[],
): Promise<void> {
  const rows = new Map(
    warnings.map(({ code, member, found }) => {
      const id = sha256([connector, document.kind, code, member, found].join('\n')).slice(0, 32);
      return [
        id,
        {
          accountId,
          id,
          connector,
          kind: document.kind,
          code,
          member,
          found,
          documents: 1,
          firstSeenAt: document.receivedAt,
          lastSeenAt: document.receivedAt,
          documentId,
        },
      ];
    }),
  );
  if (rows.size === 0) return;
  await sql.query(
    `insert into "ContractWarning" as w select * from json_populate_recordset(null::"ContractWarning", $1::json)
     on conflict ("accountId", "id") do update
       set "documents" = w."documents" + 1,
           "firstSeenAt" = least(w."firstSeenAt", excluded."firstSeenAt"),
           "lastSeenAt" = greatest(w."lastSeenAt", excluded."lastSeenAt"),
           "documentId" = case when excluded."firstSeenAt" < w."firstSeenAt" then excluded."documentId" else w."documentId" end`,
    [JSON.stringify([...rows.values()])],
  );
}
