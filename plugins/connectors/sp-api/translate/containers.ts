import type { Container, PackedItem } from 'acorn/plugin';
import type { Part } from '../read/part.ts';
import { stated } from '../read/stated.ts';
import { day } from '../read/times.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord } from '../read/words.ts';

/** The numbers on a container's labels, and among them its SSCC of 18 digits. */
export function readLabels(container: Part, name: string): Pick<Container, 'identifiers' | 'sscc'> {
  const identifiers = container.list(name).map((identifier) => ({
    type: needWord(identifier, 'containerIdentificationType', vocabulary.containerIdentification),
    value: identifier.needText('containerIdentificationNumber'),
    part: identifier,
  }));
  const labelled = identifiers.find(({ type }) => type === 'SSCC');
  const sscc = labelled && asSscc(labelled.value);
  if (labelled !== undefined && sscc === undefined) labelled.part.warn('UNEXPECTED_SHAPE', 'an SSCC that is not one');
  return {
    identifiers: identifiers.map(({ type, value }) => ({ type, value })),
    ...(sscc === undefined ? {} : { sscc }),
  };
}

/** Eighteen digits; a label also prints the application identifier `00` before them. @source GS1-128 */
function asSscc(text: string): string | undefined {
  const digits = text.replaceAll(/[\s()]/g, '');
  return /^(?:00)?(\d{18})$/.exec(digits)?.[1];
}

/** A carton's number within the shipment, as pallets refer to it; its place in the list where it has none. */
export function sequenceOf(container: Part, name: string, index: number): string {
  const sequence = container.text(name);
  if (sequence !== undefined) return sequence;
  container.notes.warn('MISSING_MEMBER', `${container.path}/${name}`, 'nothing');
  return String(index + 1);
}

/** Only what is stated, so that an item's own lot replaces its line's, and its silence does not. */
export function lotOf(item: Part): Pick<PackedItem, 'lotNumber' | 'expiresOn' | 'manufacturedOn'> {
  const details = item.member('itemDetails');
  const expiry = details?.member('expiry');
  return stated<Pick<PackedItem, 'lotNumber' | 'expiresOn' | 'manufacturedOn'>>({
    lotNumber: details?.text('lotNumber'),
    expiresOn: day(expiry, 'expiryDate'),
    manufacturedOn: day(expiry, 'manufacturerDate'),
  });
}
