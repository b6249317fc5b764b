import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secretBox } from '../../src/base/secret-box.ts';

const [old, current, other] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;

test('S6 · what is sealed opens again, for what it was sealed for and nothing else', () => {
  const box = secretBox([current]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (text, about, else_) => {
      const secret = Buffer.from(text).toString();
      const sealed = box.seal(secret, about);
      expect(box.open(sealed, about)).toBe(secret);
      if (else_ !== about) expect(box.open(sealed, else_)).toBeUndefined();
    }),
  );
});

test('S6 · a changed byte anywhere closes it, and so does another key', () => {
  const box = secretBox([current]);
  const sealed = box.seal('whsec_secret', 'a');
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Uint8Array.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    expect(box.open(altered, 'a')).toBeUndefined();
  }
  for (let length = 0; length < sealed.length; length += 1)
    expect(box.open(sealed.subarray(0, length), 'a')).toBeUndefined();
  expect(secretBox([other]).open(sealed, 'a')).toBeUndefined();
});

test('S6 · nothing shows, and the same secret never looks the same', () => {
  const box = secretBox([current]);
  const [one, two] = [box.seal('whsec_secret', 'a'), box.seal('whsec_secret', 'a')];
  expect(Buffer.from(one).includes('secret')).toBe(false);
  expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
});

test('a new key in front seals, and the old one behind it still opens', () => {
  const before = secretBox([old]).seal('whsec_secret', 'a');
  const both = secretBox([current, old]);
  expect(both.open(before, 'a')).toBe('whsec_secret');
  expect(secretBox([current]).open(both.seal('another', 'a'), 'a')).toBe('another');
});

test('a key of another size is a bug', () => {
  expect(() => secretBox([randomBytes(16)])).toThrow('32 bytes');
  expect(() => secretBox([])).toThrow('32 bytes');
});
