import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountIdOf, decodeId, encodeId, keyOf } from '../../schema/ids.ts';

const account = '0b7c5a52-6a44-4c1e-9a39-52b4a1c1a001';
const part = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).filter((text) => !/[\u0000\u001f]/.test(text));

test('an id leads back to its type and key, whatever the key', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('PurchaseOrder', 'OrderLine', 'Invoice'),
      fc.uuid(),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      (type, id, rest) => {
        expect(decodeId(encodeId(type, [id, ...rest]))).toEqual({ type, parts: [id, ...rest] });
      },
    ),
  );
});

test('text that nobody gave is never an id', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const decoded = decodeId(text);
      if (decoded !== undefined) expect(encodeId(decoded.type, decoded.parts)).toBe(text);
    }),
  );
});

test('ids are short, opaque and safe in a URL', () => {
  const id = encodeId('PurchaseOrder', [account, '1ABCDEFG']);
  expect(id).toMatch(/^[\w-]{34}$/);
  expect(id).not.toContain('1ABCDEFG');
});

test('an id of another type, or a spoilt one, is refused by the name of its argument', () => {
  const id = encodeId('PurchaseOrder', [account, '1ABCDEFG']);
  expect(keyOf('PurchaseOrder', id, 'order')).toEqual([account, '1ABCDEFG']);
  for (const spoilt of [id, `${id}=`, id.slice(0, 20), '', 'a', `${'x'.repeat(600)}`]) {
    expect(() => accountIdOf(spoilt, 'account')).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', argument: 'account' } }),
    );
  }
});
