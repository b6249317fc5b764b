import { readFile, rename, writeFile } from 'node:fs/promises';
import { FeedError, follow, type Numbered } from 'acorn/client';

/** An order as this mirror keeps it. */
export interface Order {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly quantities: { readonly ordered: number; readonly received: number };
}

/** What is kept: orders by id, and the place in the feed up to which they are true. In one file, so that both change together. */
export interface Mirror {
  readonly cursor: string;
  readonly orders: Readonly<Record<string, Order>>;
}

export interface MirrorOptions {
  /** `http://127.0.0.1:4000/graphql` */
  readonly url: string;
  /** A key with `change:read` and `order:read`. */
  readonly apiKey: string;
  readonly file: string;
  readonly signal?: AbortSignal;
}

const fields = 'id number state quantities { ordered received }';
const select = `node { ... on PurchaseOrder { ${fields} } ... on OrderLine { order { ${fields} } } }`;
type Changed = Numbered & { readonly node: Order | { readonly order: Order } | Record<string, never> | null };

/** Keep every order in a file, and keep it up to date until told to stop. Started again, it goes on where it was. */
export async function mirror({ url, apiKey, file, signal }: MirrorOptions): Promise<void> {
  let kept = (await read(file)) ?? (await bootstrap({ url, apiKey, file }));
  while (signal?.aborted !== true) {
    try {
      const feed = follow<Changed>({ url, apiKey, after: kept.cursor, select, ...(signal && { signal }) });
      for await (const { changes, cursor, errors } of feed) {
        // A change whose order cannot be seen is not passed over: the key lacks a right, or something is wrong.
        if (errors[0] !== undefined) throw new Error(`what changed cannot be seen: ${errors[0].message}`);
        const changed = changes.flatMap(({ node }) => ordersIn(node)).map((order) => [order.id, order]);
        kept = { cursor, orders: { ...kept.orders, ...Object.fromEntries(changed) } };
        await write(file, kept);
      }
    } catch (error) {
      // Away for longer than changes are kept: begin again from the state as it is now.
      if (!(error instanceof FeedError) || error.code !== 'CURSOR_EXPIRED') throw error;
      kept = await bootstrap({ url, apiKey, file });
    }
  }
}

/** All there is now, and the cursor from which the feed goes on without a hole. */
async function bootstrap({ url, apiKey, file }: MirrorOptions): Promise<Mirror> {
  const response = await fetch(new URL('/export/purchase-orders.jsonl', url), { headers: { 'x-api-key': apiKey } });
  if (!response.ok) throw new Error(`the export was refused: ${await response.text()}`);
  const lines = (await response.text()).trimEnd().split('\n');
  const [head, ...rest] = lines.map((line) => JSON.parse(line));
  if (rest.pop()?.complete !== true) throw new Error('the export broke off');
  const whole: Mirror = {
    cursor: head.cursor,
    orders: Object.fromEntries(rest.map((order: Order) => [order.id, keep(order)])),
  };
  await write(file, whole);
  return whole;
}

/** Of all that an export says of an order, what is kept. */
const keep = ({ id, number, state, quantities: { ordered, received } }: Order): Order => ({
  id,
  number,
  state,
  quantities: { ordered, received },
});

function ordersIn(node: Changed['node']): Order[] {
  if (node === null) return [];
  if ('order' in node) return [node.order as Order];
  return 'number' in node ? [node as Order] : [];
}

async function read(file: string): Promise<Mirror | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Mirror);
}

/** The whole file or none of it: what a reader sees is true for one cursor. */
async function write(file: string, kept: Mirror): Promise<void> {
  await writeFile(`${file}.next`, JSON.stringify(kept));
  await rename(`${file}.next`, file);
}
