/** What a plugin's names begin with, so that two plugins never want the same one. */
export interface Prefix {
  /** Of types: `Jp`. */
  readonly type: string;
  /** Of fields: `jp`. Also the whole name of its one field on each core type. */
  readonly field: string;
}

/** Words at the front of an id that say what kind of plugin it is, and nothing of whose names they are. */
const kinds = /^(site|connector|plugin)-(?=.)/;

/** The prefix of a plugin: of `site-jp` it is `Jp` and `jp`, of `connector-edi-x12` it is `EdiX12` and `ediX12`. */
export function prefixOf(id: string): Prefix {
  const type = id
    .replace(kinds, '')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
  return { type, field: type.slice(0, 1).toLowerCase() + type.slice(1) };
}

/** Whether a name begins with these words and not just these letters: `JpInvoice` begins with `Jp`, `Jpeg` does not. */
export const begins = (name: string, prefix: string): boolean =>
  name.startsWith(prefix) && !/^[a-z]/.test(name.slice(prefix.length));
