import type { Scope } from '../../../schema/scopes.ts';

/** A noun, or a part of one, as an export writes it: all its own values, and these parts. */
export interface Exported {
  /** Its type in the schema. */
  readonly type: string;
  /** Its values by name; left out, all there are. */
  readonly values?: string;
  /** The right needed beside that to the whole; without it the part is left out. */
  readonly needs?: Scope;
  /** Read page by page, to its end, however long it is. */
  readonly paged?: true;
  readonly parts?: Readonly<Record<string, Exported>>;
}

/** A noun of the chain that is exported whole, each a line. */
export interface ExportedNoun extends Exported {
  /** The right without which there is no export. */
  readonly right: Scope;
  /** Columns that tell rows of one account apart. The table is called as the type. */
  readonly key: readonly string[];
}

const account: Exported = { type: 'VendorAccount', values: 'id name site', needs: 'account:read' };

export const exportedNouns = {
  'purchase-orders': {
    type: 'PurchaseOrder',
    right: 'order:read',
    key: ['number'],
    parts: {
      account,
      lines: {
        type: 'OrderLine',
        paged: true,
        parts: {
          acknowledgements: { type: 'Acknowledgement' },
          receipts: { type: 'Receipt', needs: 'receipt:read' },
        },
      },
    },
  },
  shipments: {
    type: 'Shipment',
    right: 'shipment:read',
    key: ['identifier'],
    parts: {
      account,
      lines: { type: 'ShipmentLine', paged: true },
      containers: {
        type: 'Container',
        paged: true,
        parts: { identifiers: { type: 'ContainerIdentifier' }, items: { type: 'PackedItem' } },
      },
    },
  },
  invoices: {
    type: 'Invoice',
    right: 'invoice:read',
    key: ['number'],
    parts: { account, lines: { type: 'InvoiceLine', paged: true }, taxes: { type: 'InvoiceTax' } },
  },
  payments: {
    type: 'Payment',
    right: 'payment:read',
    key: ['number', 'currency'],
    parts: { account, allocations: { type: 'Allocation', paged: true } },
  },
  deductions: { type: 'Deduction', right: 'deduction:read', key: ['number'], parts: { account } },
} as const satisfies Readonly<Record<string, ExportedNoun>>;

export type NounKind = keyof typeof exportedNouns;
/** What can be exported: the log, and the nouns of the chain. */
export type ExportKind = 'changes' | NounKind;

export const exportKinds: readonly ExportKind[] = ['changes', ...(Object.keys(exportedNouns) as NounKind[])];

export const isExportKind = (kind: string): kind is ExportKind => (exportKinds as readonly string[]).includes(kind);

/** The right that an export needs, as the same data needs it in GraphQL. */
export const rightOf = (kind: ExportKind): Scope => (kind === 'changes' ? 'change:read' : exportedNouns[kind].right);
