import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);
const seen = new Set(); // In earnest a table, written in the same transaction as what you do about a change.

createServer(async (request, response) => {
  let body = '';
  for await (const part of request.setEncoding('utf8')) body += part;
  let message;
  try {
    message = webhook.verify(body, request.headers);
  } catch {
    return response.writeHead(401).end();
  }
  for (const change of message.data.changes ?? []) {
    if (seen.has(change.id)) continue;
    console.log(change.sequence, change.kind, change.orderNumber);
    seen.add(change.id);
  }
  response.writeHead(204).end();
}).listen(process.env.PORT ?? 8080);
