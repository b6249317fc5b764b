import fc from 'fast-check';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { nesting } from '../../src/server/nesting.ts';

test('brackets nest; those in strings and comments do not', () => {
  expect(nesting('{ a { b(c: [1, 2]) } }')).toBe(4);
  expect(nesting('{ a(b: "[[[[", c: "\\"[[") } # {{{{')).toBe(2);
  expect(nesting('{ a(b: """ [[ \\""" [[ """) { c } }')).toBe(2);
  expect(nesting('}}}}{{')).toBe(2);
  expect(nesting('[[[[[[', 3)).toBe(3);
});

test('a document that graphql-js parses nests as deep as it was built', () => {
  const text = fc.stringMatching(/^[a-z{[("#\\ ]*$/);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), text, (depth, inside) => {
      const string = JSON.stringify(inside);
      const document = `${'{ a '.repeat(depth)} b(c: ${string}) # ${inside}\n ${'}'.repeat(depth)}`;
      parse(document);
      expect(nesting(document)).toBe(depth + 1);
    }),
  );
});
