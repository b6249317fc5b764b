import type { Part } from '../read/part.ts';
import { vocabulary } from '../read/vocabulary.ts';
import { needWord } from '../read/words.ts';

/**
 * How a submission fared. It names a transaction and no order or invoice, so it tells no fact; a failure is parked with
 * Amazon's words, so that a person sees it. @source Vendor Transaction Status API v1, getTransaction
 */
export function getTransaction(body: Part): void {
  body.notes.park(() => {
    const transaction = body.need('transactionStatus');
    if (needWord(transaction, 'status', vocabulary.transactionStatus) !== 'Failure') return;
    transaction.refuse(
      'UPSTREAM_ERROR',
      `Amazon refused ${transaction.needText('transactionId')}: ${errors(transaction)}`,
    );
  });
}

/** Amazon's errors in one sentence: code and message of each. */
export function errors(part: Part): string {
  const said = part.list('errors').map((error) => `${error.text('code') ?? 'no code'}: ${error.text('message') ?? ''}`);
  return said.length === 0 ? 'no reason given' : said.join('; ');
}
