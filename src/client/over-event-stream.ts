import { failureOf, Interrupted, reasonOf } from './failure.ts';
import { type Answer, headersOf, type SessionRequest } from './session.ts';

/**
 * The same subscription as server-sent events, for where websockets do not get through. The reader's pace is the
 * sender's: nothing is held here.
 * @source graphql-sse, PROTOCOL.md, distinct connections mode
 */
export async function* overEventStream({ access, query, variables, signal }: SessionRequest): AsyncGenerator<Answer> {
  const cut = new AbortController();
  const response = await fetch(access.url, {
    method: 'POST',
    headers: { ...headersOf(access), 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.any([signal, cut.signal]),
  }).catch((cause: unknown) => {
    throw new Interrupted(reasonOf(cause));
  });
  try {
    const { body, headers } = response;
    if (body === null || headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      throw await refusalIn(response);
    }
    for await (const { event, data } of eventsOf(body)) {
      if (event === 'complete') return;
      if (event === 'next') yield JSON.parse(data) as Answer;
    }
    throw new Interrupted('the stream ended without a goodbye');
  } catch (thrown) {
    if (signal.aborted) return;
    throw thrown instanceof TypeError || (thrown instanceof Error && thrown.name === 'AbortError')
      ? new Interrupted(reasonOf(thrown))
      : thrown;
  } finally {
    cut.abort();
  }
}

/** The answer of a server that did not open a stream. */
async function refusalIn(response: Response): Promise<Error> {
  const text = await response.text();
  try {
    const { errors } = JSON.parse(text) as Answer;
    if (errors !== undefined) return failureOf(errors);
  } catch {
    // Not the gateway: something in between.
  }
  return new Interrupted(`the server answered ${response.status}`);
}

/** Events of a stream, each as it is complete. @source HTML Living Standard, 9.2.6 */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<{ event: string; data: string }> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const valuesOf = (field: string) =>
        block
          .split(/\r?\n/)
          .flatMap((line) => (line.startsWith(`${field}:`) ? [line.slice(field.length + 1).trim()] : []));
      yield { event: valuesOf('event')[0] ?? 'message', data: valuesOf('data').join('\n') };
    }
  }
}
