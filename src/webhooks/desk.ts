import type { Instant } from '../base/instant.ts';
import type { Result } from '../base/result.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { WebhookKey } from '../store/webhook-rows.ts';
import { type AddressRefusal, type AddressRules, checkAddress } from './addresses.ts';
import { newSecret } from './message.ts';
import { secretAbout } from './secrets.ts';

/** What setting up a webhook needs of the installation. */
export interface WebhookDesk {
  now(): Instant;
  /** The address as it will be used, or what is wrong with it here. */
  address(text: string): Result<string, AddressRefusal>;
  /** A new secret, to be shown once, and as it is kept. Nothing while the installation has no key for secrets. */
  secret(webhook: WebhookKey): { readonly shown: string; readonly sealed: Uint8Array<ArrayBuffer> } | undefined;
}

export const openDesk = (rules: AddressRules, box: SecretBox | undefined, now: () => Instant): WebhookDesk => ({
  now,
  address: (text) => {
    const checked = checkAddress(text, rules);
    return checked.ok ? { ok: true, value: checked.value.href } : checked;
  },
  secret: (webhook) => {
    const shown = newSecret();
    return box && { shown, sealed: box.seal(shown, secretAbout(webhook)) };
  },
});
