import type { GraphiQLOptions } from 'graphql-yoga';

/** A question to begin with, until a person has their own. */
const begin = `# Welcome to Acorn. Your key is in the Headers below; press play.
# One question shows an order with its lines and what happened to each.
{
  purchaseOrders(first: 5) {
    nodes { number state }
  }
}
`;

/** GraphiQL with the demo's key in its headers, and a tab for each example. */
export function demoPage(apiKey: string, examples: readonly { readonly query: string }[] = []): GraphiQLOptions {
  const headers = JSON.stringify({ authorization: `Bearer ${apiKey}` }, null, 2);
  return {
    defaultQuery: begin,
    headers,
    defaultTabs: (examples.length === 0 ? [{ query: begin }] : examples).map(({ query }) => ({ query, headers })),
    shouldPersistHeaders: true,
    // Server-sent events carry the same headers as a query; a browser's websocket could not.
    subscriptionsProtocol: 'SSE',
  };
}
