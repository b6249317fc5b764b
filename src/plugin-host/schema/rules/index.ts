import type { Rule } from '../addition.ts';
import { additive } from './additive.ts';
import { answerable } from './answerable.ts';
import { declared } from './declared.ts';
import { described } from './described.ts';
import { guarded } from './guarded.ts';
import { nullable } from './nullable.ts';
import { prefixed } from './prefixed.ts';
import { selectable } from './selectable.ts';
import { singleAnswer } from './single-answer.ts';
import { valid } from './valid.ts';

/** Everything asked of one plugin's addition by itself; that two do not clash is asked beside it. */
export const rules: readonly Rule[] = [
  additive,
  valid,
  prefixed,
  declared,
  guarded,
  nullable,
  selectable,
  answerable,
  singleAnswer,
  described,
];
