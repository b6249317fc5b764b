import type { FeedChange } from '../../client/index.ts';

/** Whose account it is, as far as the reader may know. */
export interface Whose {
  readonly name: string;
  readonly site: string;
}

/**
 * One change as one line for a person: when, where, what about, what became different, and by when somebody must act.
 * Times are UTC. Columns are wide enough for what Amazon writes, so that lines can be read downwards.
 */
export function tailLine(change: FeedChange, whose: Whose | undefined): string {
  const { occurredAt, severity, kind, actBy } = change;
  return [
    `${occurredAt.slice(0, 10)} ${occurredAt.slice(11, 19)}`,
    severity.padEnd(6),
    ...(whose === undefined ? [] : [whose.site.padEnd(2), whose.name]),
    subjectOf(change).padEnd(14),
    kind.toLowerCase().replaceAll('_', ' '),
    differenceOf(change),
    ...(actBy === null ? [] : [`act by ${actBy.slice(0, 10)} ${actBy.slice(11, 16)}`]),
  ]
    .filter((part) => part !== '')
    .join('  ');
}

/** An order and its line, or else the narrowest document there is. */
function subjectOf({ orderNumber, lineNumber, asin, ...others }: FeedChange): string {
  const { deductionNumber, invoiceNumber, shipmentIdentifier, paymentNumber } = others;
  const document = deductionNumber ?? invoiceNumber ?? shipmentIdentifier ?? paymentNumber;
  if (orderNumber === null) return document ?? '';
  const order = lineNumber === null ? orderNumber : `${orderNumber}/${lineNumber}`;
  return [order, asin ?? document].filter((part) => part != null).join(' ');
}

/** What every change has; the rest says what became different. */
const common = new Set([
  '__typename',
  'id',
  'accountId',
  'sequence',
  'cursor',
  'kind',
  'severity',
  'occurredAt',
  'recordedAt',
  'actBy',
  'orderNumber',
  'lineNumber',
  'asin',
  'shipmentIdentifier',
  'invoiceNumber',
  'paymentNumber',
  'deductionNumber',
]);

function differenceOf(change: FeedChange): string {
  return Object.entries(change)
    .flatMap(([member, value]) => {
      if (common.has(member) || member.endsWith('After')) return [];
      if (!member.endsWith('Before')) return [`${words(member)} ${shown(value)}`];
      return [`${shown(value)} → ${shown(change[member.replace(/Before$/, 'After')])}`];
    })
    .join(', ');
}

/** `runningTotal` as `running total`. */
const words = (member: string): string => member.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return value.map(shown).join(' ');
  if (typeof value !== 'object') return String(value);
  const { amount, cost, currency, from, to, ...others } = value as Readonly<Record<string, unknown>>;
  if (currency !== undefined) return `${amount ?? cost} ${currency}`;
  if (from !== undefined) return `${minute(from)} to ${minute(to)}`;
  return Object.entries(others)
    .map(([member, inner]) => `${words(member)} ${shown(inner)}`)
    .join(' ');
}

const minute = (at: unknown): string => String(at).slice(0, 16).replace('T', ' ');
