import { CloseCode } from 'graphql-ws';
import type { TestGateway } from './gateway.ts';

export interface Answer {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: unknown;
    readonly extensions?: Record<string, unknown>;
  }[];
  /** The websocket was closed instead of answering. */
  readonly closed?: number;
}

export type Credentials = Readonly<Record<string, string>>;

/** One way to send an operation and to hear its first answer. */
export type Transport = (gateway: TestGateway, query: string, credentials?: Credentials) => Promise<Answer>;

const http: Transport = async (gateway, query, credentials) =>
  (await (await gateway.post({ query }, credentials ?? own(gateway))).json()) as Answer;

const sse: Transport = async (gateway, query, credentials) => {
  const response = await gateway.post({ query }, { ...(credentials ?? own(gateway)), accept: 'text/event-stream' });
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true)
    return (await response.json()) as Answer;
  for await (const event of events(response)) {
    if (event.name === 'next') return JSON.parse(event.data) as Answer;
  }
  return {};
};

const websocket: Transport = (gateway, query, credentials) =>
  new Promise((resolve, reject) => {
    const client = gateway.client(credentials ?? own(gateway));
    let first: Answer | undefined;
    const finish = (answer: Answer) => {
      resolve(answer);
      void client.dispose();
    };
    const unsubscribe = client.subscribe(
      { query },
      {
        next: (answer) => {
          first ??= answer as Answer;
          unsubscribe();
          finish(first);
        },
        error: (error) => {
          if (Array.isArray(error)) return finish({ errors: error });
          const code = (error as { code?: number }).code;
          return code === undefined ? reject(error) : finish({ closed: code });
        },
        complete: () => finish(first ?? {}),
      },
    );
  });

export const transports = { http, sse, websocket } as const;
export const notLetIn = { http: 'UNAUTHENTICATED', sse: 'UNAUTHENTICATED', websocket: CloseCode.Forbidden } as const;

/** Events of an open stream, each as it comes. */
export async function* events(response: Response): AsyncGenerator<{ name: string; data: string }> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const name = lines.find((line) => line.startsWith('event: '))?.slice(7);
      if (name !== undefined)
        yield {
          name,
          data:
            lines
              .find((line) => line.startsWith('data:'))
              ?.slice(5)
              .trim() ?? '',
        };
    }
  }
}

const own = (gateway: TestGateway): Credentials => ({ authorization: `Bearer ${gateway.key}` });
