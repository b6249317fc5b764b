import { no, type Result, yes } from '../base/result.ts';
import type { Connector } from '../seams/connector.ts';
import { type IngestContext, type Ingested, ingest } from './ingest.ts';

export interface ImportedFile extends Ingested {
  readonly connector: string;
  /** The kind of document it was recognised as. */
  readonly kind: string;
}

export type ImportRefusal = { readonly code: 'UNKNOWN_DOCUMENT'; readonly fileName: string };

/**
 * Land a document from a file. The first connector that recognises it reads it; one that none recognises is refused,
 * since nobody could ever read it.
 */
export async function importFile(
  context: Omit<IngestContext, 'connector'> & { readonly connectors: readonly Connector[] },
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Result<ImportedFile, ImportRefusal>> {
  const { connectors, now } = context;
  for (const connector of connectors) {
    const kind = connector.recognise(file.bytes, file.name);
    if (kind === undefined) continue;
    const document = { kind, bytes: file.bytes, mediaType: 'application/json', origin: file.name, receivedAt: now() };
    const ingested = await ingest({ ...context, connector }, [document]);
    return yes({ ...ingested, connector: connector.name, kind });
  }
  return no({ code: 'UNKNOWN_DOCUMENT', fileName: file.name });
}
