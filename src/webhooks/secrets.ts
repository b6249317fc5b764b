import type { SecretBox } from '../base/secret-box.ts';
import type { WebhookKey } from '../store/webhook-rows.ts';

/** What a webhook's secrets are sealed for. */
export const secretAbout = ({ organisationId, id }: WebhookKey): string => `webhook ${organisationId} ${id}`;

/** The secrets in force, or nothing when one of them cannot be opened, or there is none. */
export function openSecrets(
  box: SecretBox | undefined,
  webhook: WebhookKey & { readonly sealed: readonly Uint8Array[] },
): readonly string[] | undefined {
  const opened = webhook.sealed.flatMap((sealed) => box?.open(sealed, secretAbout(webhook)) ?? []);
  return opened.length === 0 || opened.length < webhook.sealed.length ? undefined : opened;
}
