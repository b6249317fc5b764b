import type { Instant } from 'acorn/plugin';
import type { Part } from '../read/part.ts';

/** What is known of a document besides its content. */
export interface Received {
  readonly receivedAt: Instant;
}

/** Tells the facts of one body of one operation. Parks what it cannot read; never throws for what a document says. */
export type Translator = (body: Part, received: Received) => void;
