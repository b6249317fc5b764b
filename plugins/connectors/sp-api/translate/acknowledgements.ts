import type { AcknowledgedLine, AcknowledgementEntry, LinesAcknowledged } from 'acorn/plugin';
import { unitCost } from '../read/amounts.ts';
import { asQuantity, type Quantity, quantity } from '../read/counts.ts';
import { asin, lineNumber, needOrderNumber, vendorSku } from '../read/identifiers.ts';
import type { Part } from '../read/part.ts';
import { partyId } from '../read/parties.ts';
import { stated } from '../read/stated.ts';
import { instant, needInstant } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord, word } from '../read/words.ts';

/** The vendor's answers as they were sent. @source Vendor Orders API v1, submitAcknowledgement */
export function submitAcknowledgement(body: Part): void {
  for (const answer of body.needList('acknowledgements')) {
    const fact = answer.notes.park(() => readAnswer(answer));
    if (fact !== undefined) answer.notes.tell(fact, answer.at);
  }
}

const readAnswer = (answer: Part): LinesAcknowledged =>
  stated<LinesAcknowledged>({
    kind: 'lines-acknowledged',
    orderNumber: needOrderNumber(answer),
    asOf: needInstant(answer, 'acknowledgementDate'),
    vendorCode: partyId(answer, 'sellingParty'),
    lines: answer.needList('items').map(readLine),
  });

function readLine(line: Part): AcknowledgedLine {
  const ordered = quantity(line, 'orderedQuantity');
  return stated<AcknowledgedLine>({
    lineNumber: lineNumber(line, 'itemSequenceNumber'),
    asin: asin(line),
    vendorSku: vendorSku(line),
    ordered: ordered?.eaches,
    unitCost: unitCost(line, 'netCost'),
    entries: line.needList('itemAcknowledgements').map((entry) => readEntry(entry, ordered)),
  });
}

const readEntry = (entry: Part, ordered: Quantity | undefined): AcknowledgementEntry =>
  stated<AcknowledgementEntry>({
    code: needWord(entry, 'acknowledgementCode', vocabulary.acknowledgementCode),
    quantity: asQuantity(entry.need('acknowledgedQuantity'), ordered).eaches,
    rejectionReason: word(entry, 'rejectionReason', vocabulary.rejectionReason),
    scheduledShipAt: instant(entry, 'scheduledShipDate'),
    scheduledDeliveryAt: instant(entry, 'scheduledDeliveryDate'),
  });
