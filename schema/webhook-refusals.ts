import type { OrganisationId } from '../src/base/ids.ts';
import type { Result } from '../src/base/result.ts';
import type { AddressRefusal } from '../src/webhooks/addresses.ts';
import { mostWebhooks, type WebhookRefusal } from '../src/webhooks/set-up.ts';
import { isUuid, keyOf } from './ids.ts';
import { Refused } from './refused-type.ts';

/** Which one an id names. One of another organisation is found no more than one that never was. */
export function ownId(id: string, { organisationId }: { readonly organisationId: OrganisationId }): string {
  const [owner, own = ''] = keyOf('Webhook', id, 'id');
  if (owner !== organisationId || !isUuid(own)) throw refusal.WEBHOOK_NOT_FOUND();
  return own;
}

const addressTroubles: Readonly<Record<AddressRefusal, string>> = {
  NOT_AN_ADDRESS: 'it is not an address such as https://example.com/hooks',
  NOT_HTTPS: 'it has to begin with https://',
  HAS_CREDENTIALS: 'leave the user and password out: messages are signed',
  PRIVATE_ADDRESS: 'it lies in a private network, where webhooks do not go here',
};

const refusal = {
  WEBHOOK_NOT_FOUND: () => new Refused('WEBHOOK_NOT_FOUND', 'there is no such webhook'),
  WEBHOOK_ADDRESS_REFUSED: (because: AddressRefusal) =>
    new Refused('WEBHOOK_ADDRESS_REFUSED', `url: ${addressTroubles[because]}`, because),
  TOO_MANY_WEBHOOKS: () => new Refused('TOO_MANY_WEBHOOKS', `an organisation has at most ${mostWebhooks} webhooks`),
  SECRETS_NOT_CONFIGURED: () =>
    new Refused('SECRETS_NOT_CONFIGURED', 'this installation has no key to keep secrets with: the operator sets one'),
};

/** The answer, or the refusal as the errors of a mutation say it. */
export function orRefused<Value>(result: Result<Value, WebhookRefusal>): Value {
  if (result.ok) return result.value;
  const { refusal: said } = result;
  throw said.code === 'WEBHOOK_ADDRESS_REFUSED' ? refusal[said.code](said.because) : refusal[said.code]();
}
