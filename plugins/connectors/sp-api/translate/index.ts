import type { AccountProfile, RawDocument, Translation } from 'acorn/plugin';
import { parseJson } from '../read/json.ts';
import { Notes } from '../read/notes.ts';
import { Part } from '../read/part.ts';
import { asKind } from '../recognise.ts';
import { submitAcknowledgement } from './acknowledgements.ts';
import { getInvoice, getInvoiceHeaders } from './finance-invoices.ts';
import { submitInvoices } from './invoices.ts';
import { getPurchaseOrder, getPurchaseOrders } from './purchase-orders.ts';
import { getPurchaseOrdersStatus } from './purchase-orders-status.ts';
import type { Translator } from './received.ts';
import { submitShipmentConfirmations } from './shipment-confirmations.ts';
import { getShipmentDetails, submitShipments } from './shipments.ts';
import { errors, getTransaction } from './transactions.ts';

/** One translator per kind of document; the kind is Amazon's name of the operation. */
const translators: Readonly<Record<string, Translator>> = {
  getPurchaseOrders,
  getPurchaseOrder,
  getPurchaseOrdersStatus,
  getShipmentDetails,
  getInvoiceHeaders,
  getInvoice,
  submitAcknowledgement,
  submitShipmentConfirmations,
  submitShipments,
  submitInvoices,
  getTransaction,
};

/** What one document of Amazon's says. Pure. */
export function translate(document: RawDocument, account: AccountProfile): Translation {
  const notes = new Notes(account);
  const translator = Object.hasOwn(translators, document.kind) ? translators[document.kind] : undefined;
  if (translator === undefined) {
    notes.refuse('UNKNOWN_DOCUMENT', '', `Expected a known operation, found "${document.kind}".`);
    return notes.translation();
  }
  const parsed = parseJson(document.bytes);
  if (!parsed.ok) {
    notes.refuse('NOT_JSON', '', parsed.refusal);
    return notes.translation();
  }
  notes.park(() => {
    const body = bodyOf(new Part(parsed.value, notes), document.kind);
    translator(body, document);
  });
  return notes.translation();
}

/** The part of the document that the operation's model describes, out of its wrappers. Error bodies are refused. */
function bodyOf(root: Part, kind: string): Part {
  if (!root.isObject()) root.refuse('UNKNOWN_DOCUMENT', `Expected an object, found ${root.found()}.`);
  const recorded = asKind(root.text('operationId')) === kind;
  const answer = recorded ? root.need('response') : root;
  // Also of a submission: what Amazon refused was never said to it.
  if (answer.list('errors').length > 0) answer.refuse('UPSTREAM_ERROR', `Amazon answered ${errors(answer)}`);
  const body = recorded && kind.startsWith('submit') ? sentBody(root) : answer;
  return body.member('payload') ?? body;
}

/** The body of a recorded request. */
const sentBody = (root: Part): Part => root.need('request').need('parameters').need('body').need('value');
