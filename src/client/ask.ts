import { FeedError, failureOf, reasonOf } from './failure.ts';
import { type Access, type Answer, headersOf } from './session.ts';

/**
 * One query, answered whole.
 * @throws FeedError with the server's code when anything of it could not be answered, or `UNREACHABLE`
 */
export async function ask<Data>(
  access: Access,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const response = await fetch(access.url, {
    method: 'POST',
    headers: { ...headersOf(access), 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
  }).catch((cause: unknown) => {
    throw new FeedError('UNREACHABLE', `${access.url} cannot be reached: ${reasonOf(cause)}`);
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (answer.errors !== undefined || answer.data == null) {
    const { message, ...failure } = failureOf(answer.errors ?? [{ message: `the server answered ${response.status}` }]);
    throw new FeedError('code' in failure ? String(failure.code) : 'UNREACHABLE', message);
  }
  return answer.data as Data;
}
