import type { GraphiQLOptions } from 'graphql-yoga';

/** A question that runs as it is. */
export interface PageExample {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** GraphiQL with the demo's key in its headers, and a tab for each example. */
export function demoPage(apiKey: string, examples: readonly PageExample[]): GraphiQLOptions {
  const headers = JSON.stringify({ authorization: `Bearer ${apiKey}` }, null, 2);
  const [first] = examples;
  return {
    headers,
    ...(first === undefined ? {} : { defaultQuery: first.query }),
    defaultTabs: examples.map(({ query, variables }) => ({
      query,
      headers,
      variables: JSON.stringify(variables, null, 2),
    })),
    shouldPersistHeaders: true,
    // Server-sent events carry the same headers as a query; a browser's websocket could not.
    subscriptionsProtocol: 'SSE',
  };
}
