import { mirror } from './mirror.ts';

/** `ACORN_URL=… ACORN_KEY=… node --import tsx examples/client/run.ts orders.json` */
const [file = 'orders.json'] = process.argv.slice(2);
const { ACORN_URL: url = 'http://127.0.0.1:4000/graphql', ACORN_KEY: apiKey = '' } = process.env;
const leaving = new AbortController();
process.once('SIGINT', () => leaving.abort());
await mirror({ url, apiKey, file, signal: leaving.signal });
