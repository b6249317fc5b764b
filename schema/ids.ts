import type { AccountId } from '../src/base/ids.ts';
import { invariant } from '../src/base/invariant.ts';
import { badInput } from './refused.ts';

/** One letter per type that has an id. A letter is never reused: old ids live in other people's databases. */
const letters = {
  VendorAccount: 'a',
  Product: 'p',
  PurchaseOrder: 'o',
  OrderLine: 'l',
  Shipment: 's',
  Invoice: 'i',
  Payment: 'y',
  Deduction: 'd',
  RawDocument: 'r',
  ParkedDocument: 'k',
  ContractWarning: 'w',
  Change: 'c',
  Webhook: 'h',
  ServiceAccount: 'S',
  Member: 'M',
  ApiKey: 'K',
  AccessGrant: 'G',
} as const;

export type IdentifiedType = keyof typeof letters;

const types = new Map<string, IdentifiedType>(
  Object.entries(letters).map(([type, letter]) => [letter, type as IdentifiedType]),
);

/** Whether text is one: PostgreSQL would complain of any other in its own words. */
export const isUuid = (text: string): boolean => uuid.test(text);

const separator = '\u001f';
const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * An id as the world sees it: opaque text, the same for the same thing for ever.
 * Inside: the type's letter, 16 bytes (of the account; of the organisation, or the thing itself, where no account has it),
 * then the other parts of the key.
 */
export function encodeId(type: string, parts: readonly string[]): string {
  const letter = letters[type as IdentifiedType];
  invariant(letter !== undefined, `${type} has a letter for its ids`);
  const [account = '', ...rest] = parts;
  invariant(uuid.test(account), 'every key begins with its account or organisation');
  return Buffer.concat([
    Buffer.from(letter),
    Buffer.from(account.replaceAll('-', ''), 'hex'),
    Buffer.from(rest.join(separator)),
  ]).toString('base64url');
}

/** The type and key inside an id, or `undefined` for text that no `encodeId` ever gave. */
export function decodeId(id: string): { readonly type: IdentifiedType; readonly parts: readonly string[] } | undefined {
  if (id.length > 512) return undefined;
  const bytes = Buffer.from(id, 'base64url');
  const type = types.get(bytes.subarray(0, 1).toString());
  if (type === undefined || bytes.length < 17) return undefined;
  const hex = bytes.subarray(1, 17).toString('hex');
  const account = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  const rest = bytes.subarray(17).toString();
  const parts = rest === '' ? [account] : [account, ...rest.split(separator)];
  // Only the one canonical spelling is an id: anything else was made up.
  return encodeId(type, parts) === id && !rest.includes('\0') ? { type, parts } : undefined;
}

/** An id given as an argument, which must be of this type. Whose it is, row security decides: a foreign one finds nothing. */
export function keyOf(type: IdentifiedType, id: string, argument: string): readonly string[] {
  const decoded = decodeId(id);
  if (decoded === undefined || decoded.type !== type) throw badInput(argument, `not an id of a ${type}`);
  return decoded.parts;
}

/** The account that an argument names. */
export const accountIdOf = (id: string, argument: string): AccountId =>
  keyOf('VendorAccount', id, argument)[0] as AccountId;

/** Accounts that an argument names; `undefined` when it does not say. */
export const accountIdsOf = (ids: readonly string[] | null | undefined, argument: string): AccountId[] | undefined =>
  ids?.map((id) => accountIdOf(id, argument));

/** How Pothos writes ids: its composite keys are JSON lists, its simple ones plain text. */
export const relayIds = {
  encodeGlobalID: (type: string, id: string | number | bigint): string => encodeId(type, partsOf(String(id))),
  decodeGlobalID: (id: string): { typename: string; id: string } => {
    const decoded = decodeId(id);
    if (decoded === undefined) throw badInput('id', 'not an id of this API');
    const { type, parts } = decoded;
    return { typename: type, id: parts.length === 1 ? (parts[0] ?? '') : JSON.stringify(parts) };
  },
};

function partsOf(id: string): readonly string[] {
  if (!id.startsWith('[')) return [id];
  return (JSON.parse(id) as readonly unknown[]).map(String);
}
