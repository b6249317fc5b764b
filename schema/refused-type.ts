import { builder } from './builder.ts';
import type { RefusalCode } from './refused.ts';

/** An expected "no" of a mutation, as part of its typed result: thrown by the resolver, caught by the errors plugin. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: RefusalCode;
  readonly because: string | undefined;

  constructor(code: RefusalCode, message: string, because?: string) {
    super(message);
    this.code = code;
    this.because = because;
  }
}

builder.objectType(Refused, {
  name: 'Refused',
  description: 'An expected no. Nothing happened.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'Why, for a program. Never renamed; each has its heading in ERRORS.md.',
    }),
    message: t.exposeString('message', { description: 'Why, for a person.' }),
    because: t.string({
      nullable: true,
      description: 'The code of what stands in the way, where something does: MISSING_MEMBER.',
      resolve: ({ because }) => because,
    }),
  }),
});
