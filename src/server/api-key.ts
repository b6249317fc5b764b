import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Brand } from '../base/brand.ts';

/** A whole API key, as its owner holds it. Never stored, never logged. */
export type ApiKeyText = Brand<string, 'ApiKeyText'>;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const shape = /^acorn_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$/;

/**
 * A new key: `acorn_live_<8>_<32><6>`. The eight tell keys apart and may be shown, the thirty-two are 190 bits of
 * chance, and the last six are a checksum, by which a scanner or we know a key that never was.
 *
 * @source GitHub's token format, 2021: a prefix to find them by, and a CRC32 in base 62
 */
export function createApiKey(): ApiKeyText {
  const body = `acorn_live_${randomText(8)}_${randomText(32)}`;
  return `${body}${checksum(body)}` as ApiKeyText;
}

/** Read a key as somebody sent it; nothing when it cannot be one of ours, which costs no look into the database. */
export function readApiKey(sent: string): ApiKeyText | undefined {
  if (!shape.test(sent)) return undefined;
  return checksum(sent.slice(0, -6)) === sent.slice(-6) ? (sent as ApiKeyText) : undefined;
}

/** What may be stored and shown: `acorn_live_` and the first eight. */
export const apiKeyPrefix = (key: ApiKeyText): string => key.slice(0, 19);

/** What is stored to recognise it: SHA-256, hexadecimal. Its 190 random bits need no slow hash. */
export const apiKeyHash = (key: ApiKeyText): string => createHash('sha256').update(key).digest('hex');

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < 6; place += 1) {
    digits = `${alphabet[rest % 62]}${digits}`;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

const randomText = (length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
