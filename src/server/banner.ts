/** What a person wants to know once everything is up. */
export interface BannerFacts {
  readonly url: string;
  /** Shown in the demo only. */
  readonly apiKey?: string | undefined;
  /** The demo's clock. */
  readonly simulated?: { now(): number; readonly speed: number } | undefined;
  readonly seconds: number;
}

const firstQuery = '{ purchaseOrders(first: 3) { nodes { number state } } }';
const firstSubscription = 'subscription { changes { cursor changes { kind orderNumber occurredAt } } }';

/** The end of starting: where to go, one line that works when pasted, and how to stop. */
export function banner({ url, apiKey, simulated, seconds }: BannerFacts): string {
  const socket = url.replace(/^http/, 'ws');
  const key = apiKey ?? 'YOUR_KEY';
  const body = JSON.stringify({ query: firstQuery });
  return [
    '',
    `  Acorn is ready after ${seconds.toFixed(1)} s.`,
    '',
    `  In a browser   ${url}`,
    `  GraphQL        ${url}   (POST, and text/event-stream for subscriptions)`,
    `  Websocket      ${socket}   (graphql-transport-ws)`,
    apiKey === undefined
      ? '  API key        make one: acorn keys create --organisation NAME'
      : `  Demo API key   ${apiKey}`,
    ...(simulated === undefined ? [] : [`  Simulated time ${describeClock(simulated)}`]),
    '',
    '  Ask:',
    `    curl ${url} -H 'authorization: Bearer ${key}' -H 'content-type: application/json' -d '${body}'`,
    '',
    '  Listen:',
    `    curl -N ${url} -H 'authorization: Bearer ${key}' -H 'content-type: application/json' -H 'accept: text/event-stream' -d '${JSON.stringify({ query: firstSubscription })}'`,
    '',
    '  Stop with Ctrl-C.',
    '',
  ].join('\n');
}

const describeClock = (clock: { now(): number; readonly speed: number }) =>
  `${new Date(clock.now()).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${clock.speed} times as fast as yours`;
