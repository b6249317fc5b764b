import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apiKeyHash, apiKeyPrefix, createApiKey, readApiKey } from '../../src/server/api-key.ts';

test('a key has its prefix, its eight, its thirty-two and a checksum, and is read back', () => {
  const key = createApiKey();
  expect(key).toMatch(/^acorn_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}$/);
  expect(readApiKey(key)).toBe(key);
  expect(apiKeyPrefix(key)).toBe(key.slice(0, 19));
  expect(apiKeyHash(key)).toMatch(/^[0-9a-f]{64}$/);
  expect(createApiKey()).not.toBe(key);
});

test('one letter wrong is known without asking the database', () => {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const letter = fc.constantFrom(...letters);
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 57 }), letter, (at, other) => {
      const key = createApiKey();
      const changed = `${key.slice(0, at)}${other}${key.slice(at + 1)}`;
      expect(readApiKey(changed)).toBe(changed === key ? key : undefined);
    }),
    { numRuns: 300 },
  );
});
