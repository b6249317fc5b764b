import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { no, type Result, yes } from '../base/result.ts';
import type { CursorRefusal, FeedCursor } from './change-log.ts';

/** Makes and reads cursors of one feed. */
export interface CursorCodec {
  encode(position: bigint): FeedCursor;
  decode(cursor: string): Result<bigint, CursorRefusal>;
}

const version = 1;

/**
 * A cursor is one block of cipher: eight bytes that name the feed, eight of position. The same place is always the same
 * text; it shows neither how many changes there are nor whose; and a forged or foreign one fails on the feed's name
 * (one chance in 2^64).
 *
 * @param secret the feed's own, from its row
 */
export function cursorCodec(feedId: string, secret: string): CursorCodec {
  const key = createHash('sha256').update(`acorn change cursor v${version}`).update(secret).digest();
  const name = createHash('sha256').update(feedId).digest().subarray(0, 8);

  return {
    encode(position) {
      const block = Buffer.alloc(16);
      name.copy(block, 0);
      block.writeBigUInt64BE(position, 8);
      const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url') as FeedCursor;
    },
    decode(cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length !== 16 || bytes.toString('base64url') !== cursor) return no({ code: 'CURSOR_NOT_OURS' });
      const decipher = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      const block = Buffer.concat([decipher.update(bytes), decipher.final()]);
      return block.subarray(0, 8).equals(name) ? yes(block.readBigUInt64BE(8)) : no({ code: 'CURSOR_NOT_OURS' });
    },
  };
}
