import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { invariant } from './invariant.ts';

/** Keeps secrets that must be used again, and so cannot be kept as hashes. */
export interface SecretBox {
  /** @param about what it belongs to; it opens for nothing else, so no row's secret can be put into another row */
  seal(secret: string, about: string): Uint8Array<ArrayBuffer>;
  /** The secret, or nothing when it was sealed with a key that is not here, for something else, or was altered. */
  open(sealed: Uint8Array, about: string): string | undefined;
}

/** Bytes of a key. */
export const secretKeyBytes = 32;

const version = 1;
/** Version, name of the key, nonce, tag: what stands before the secret. */
const bytes = { version: 1, name: 4, nonce: 12, tag: 16 } as const;
const head = bytes.version + bytes.name + bytes.nonce + bytes.tag;

/**
 * A box of AES-256-GCM. The first key seals, all of them open: a new key is put in front, and the old one is taken away
 * when nothing is sealed with it any more.
 *
 * @param keys 32 bytes each, at least one
 * @source     NIST SP 800-38D: nonces of 96 random bits, tags of 128
 */
export function secretBox(keys: readonly Uint8Array[]): SecretBox {
  invariant(keys.length > 0 && keys.every((key) => key.length === secretKeyBytes), 'keys of a box have 32 bytes');
  const named = keys.map((key) => ({ key, name: nameOf(key) }));
  const [first] = named;
  invariant(first !== undefined, 'a box has a key');

  return {
    seal: (secret, about) => {
      const nonce = randomBytes(bytes.nonce);
      const cipher = createCipheriv('aes-256-gcm', first.key, nonce).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Uint8Array.from(Buffer.concat([Buffer.of(version), first.name, nonce, cipher.getAuthTag(), hidden]));
    },
    open: (sealed, about) => {
      const box = Buffer.from(sealed);
      if (box.length < head || box[0] !== version) return undefined;
      const name = box.subarray(1, 1 + bytes.name);
      const nonce = box.subarray(1 + bytes.name, head - bytes.tag);
      const found = named.find((candidate) => candidate.name.equals(name));
      if (found === undefined) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', found.key, nonce, { authTagLength: bytes.tag })
        .setAAD(Buffer.from(about))
        .setAuthTag(box.subarray(head - bytes.tag, head));
      try {
        return Buffer.concat([decipher.update(box.subarray(head)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

/** Tells keys apart without telling anything of them. */
const nameOf = (key: Uint8Array): Buffer =>
  createHash('sha256').update('acorn secret key').update(key).digest().subarray(0, bytes.name);
