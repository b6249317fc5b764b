import { allScopes, type Scope } from './scopes.ts';

/** Every role, and what it may do. A role is a name for a set of rights; what a plugin adds, only `owner` has. */
export interface Role {
  readonly description: string;
  readonly rights: readonly Scope[];
}

const chain = ['account:read', 'order:read', 'shipment:read', 'receipt:read', 'change:read'] as const;
const money = ['invoice:read', 'payment:read', 'deduction:read'] as const;

/** The roles people work in. Names are never reused. */
export const roles = {
  owner: { description: 'Everything there is, and what plugins add.', rights: allScopes },
  sales: { description: 'Orders and what became of them; no money.', rights: [...chain] },
  logistics: { description: 'Orders, shipments and receipts; no money.', rights: [...chain] },
  finance: {
    description: 'Everything about money, and the documents that prove it.',
    rights: [...chain, ...money, 'document:read', 'document:write'],
  },
  admin: {
    description: 'Accounts, members, keys, grants and how the installation is doing.',
    rights: ['account:read', 'access:read', 'access:write', 'platform:read', 'document:read', 'document:write'],
  },
  'agency-reader': {
    description: 'What an agency sees of a brand: orders, shipments, receipts and invoices; no payments.',
    rights: [...chain, 'invoice:read'],
  },
  integrator: {
    description: 'Software that mirrors the chain into an ERP.',
    rights: [...chain, ...money, 'document:read', 'document:write'],
  },
  auditor: { description: 'Everything, to read.', rights: allScopes.filter((scope) => scope.endsWith(':read')) },
} as const satisfies Readonly<Record<string, Role>>;

export type RoleName = keyof typeof roles;

export const allRoles = Object.keys(roles) as readonly RoleName[];

/**
 * What a role may do; nothing, when nobody knows it.
 *
 * @param everyRight those of the plugins too
 */
export function rightsOfRole(role: string, everyRight: readonly string[]): readonly string[] {
  if (role === 'owner') return everyRight;
  return (roles as Readonly<Record<string, Role>>)[role]?.rights ?? [];
}
