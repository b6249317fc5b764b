import {
  type Certificate,
  inForce,
  no,
  type Result,
  regionCode,
  type TaxableInvoice,
  type TaxProblem,
  yes,
} from 'acorn/plugin';
import { ruleOf } from './states.ts';

/**
 * Whether a certificate on file shows the exemption in the state of delivery on the day of delivery.
 *
 * @param state where the goods arrive; left out: nobody has said, and only a certificate for the whole country will do
 * @returns     its number, if it has one; or why the exemption cannot be shown
 */
export function certificateOf(
  { certificates, taxPoint }: TaxableInvoice,
  state: string | undefined,
): Result<string | undefined, TaxProblem> {
  const resale = certificates.filter(({ kind }) => kind === 'resale');
  if (resale.length === 0) {
    return cannotShow('RESALE_CERTIFICATE_MISSING', 'No resale certificate is on file: the exemption cannot be shown.');
  }
  const here = resale.filter(({ region }) => region === undefined || regionCode(region) === state);
  if (here.length === 0) return elsewhere(resale, state);
  const accepted = here.filter((certificate) => isAccepted(certificate, state));
  if (accepted.length === 0) {
    return cannotShow(
      'RESALE_CERTIFICATE_OF_STATE_WANTED',
      `${state} wants its own form, and the certificate on file is for the whole country: ask the buyer for it.`,
    );
  }
  const valid = accepted.filter((certificate) => inForce(certificate, taxPoint));
  if (valid.length > 0) {
    const ending = valid.filter((certificate) => !endsUnsaid(certificate, state));
    if (ending.length > 0) return yes(ending.map(({ number }) => number).find((number) => number !== undefined));
    return cannotShow(
      'RESALE_CERTIFICATE_WITHOUT_END',
      `A resale certificate of ${state} ends with its year, and the one on file does not say which: look at it.`,
    );
  }
  return accepted.some(({ validUntil }) => validUntil !== undefined && validUntil < taxPoint)
    ? cannotShow('RESALE_CERTIFICATE_EXPIRED', `The resale certificate on file has expired before ${taxPoint}.`)
    : cannotShow('RESALE_CERTIFICATE_NOT_YET_VALID', `The resale certificate on file holds only after ${taxPoint}.`);
}

const cannotShow = (code: string, message: string) => no<TaxProblem>({ code, message });

const elsewhere = (resale: readonly Certificate[], state: string | undefined) =>
  state === undefined
    ? cannotShow(
        'SHIP_TO_STATE_UNKNOWN',
        'The resale certificates on file are of single states, and the state of delivery is not known.',
      )
    : cannotShow(
        'RESALE_CERTIFICATE_OF_ANOTHER_STATE',
        `The resale certificates on file are of ${statesOf(resale)}: none shows the exemption in ${state}.`,
      );

const statesOf = (resale: readonly Certificate[]): string =>
  [...new Set(resale.map(({ region = '' }) => regionCode(region)))].sort().join(', ');

/** A state with a form of its own does not take one for the whole country. */
const isAccepted = ({ region }: Certificate, state: string | undefined): boolean =>
  region !== undefined || state === undefined || (ruleOf(state)?.certificate ?? 'any') === 'any';

const endsUnsaid = ({ validUntil }: Certificate, state: string | undefined): boolean =>
  validUntil === undefined && state !== undefined && ruleOf(state)?.certificate === 'yearly';
