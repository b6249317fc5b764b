/**
 * Every right a key or a token may carry, and what it opens. What is not granted is denied; a type or a field without a
 * right of its own does not pass the tests. Names are never reused.
 */
export const scopes = {
  'account:read': 'The organisation, its vendor accounts and their products.',
  'order:read': 'Purchase orders, their versions, lines and acknowledgements.',
  'shipment:read': 'Shipments, their lines, cartons and pallets.',
  'receipt:read': 'What Amazon counted in.',
  'invoice:read': 'Invoices and credit notes, their lines and taxes.',
  'payment:read': 'Payments and what they settled.',
  'deduction:read': 'Amounts withheld, with their reasons.',
  'change:read': 'The change log, as pages and as a feed.',
  'document:read': 'Documents as received, parked documents and contract warnings.',
  'document:write': 'Trying a parked document again.',
  'access:read': 'Members, service accounts, keys without their secrets, and grants.',
  'access:write': 'Inviting and removing members, making and ending keys, giving and taking back grants.',
  'webhook:read': 'Webhooks, how they are doing and what was delivered.',
  'webhook:write': 'Setting webhooks up; with change:read, since that is what they send.',
  'platform:read': 'Which plugins are installed, and how they are doing.',
} as const;

export type Scope = keyof typeof scopes;

export const allScopes = Object.keys(scopes) as readonly Scope[];
