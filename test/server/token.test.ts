import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { startGateway, type TestGateway } from './support/gateway.ts';
import { notLetIn, transports } from './support/transports.ts';

let gateway: TestGateway;
let database: TestDatabase;
let issuer: Server;
let address: string;
let fetched = 0;
const own = await generateKeyPair('ES256', { extractable: true });
const foreign = await generateKeyPair('ES256', { extractable: true });
const rsa = await generateKeyPair('RS256', { extractable: true });

beforeAll(async () => {
  const keys = [
    { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa' },
  ];
  issuer = createServer((_request, response) => {
    fetched += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  database = await testDatabase();
  gateway = await startGateway(database.url, [
    { issuer: 'https://id.example.com', audience: 'acorn', jwksUri: `${address}/keys` },
    {
      issuer: 'https://people.example.com',
      audience: 'acorn',
      jwksUri: `${address}/keys`,
      rights: 'granted',
    },
    { issuer: 'https://away.example.com', audience: 'acorn', jwksUri: 'http://127.0.0.1:9/keys' },
  ]);
});
afterAll(async () => {
  await gateway?.stop();
  issuer?.close();
  await database?.drop();
});

interface Wish {
  readonly header?: Partial<JWTHeaderParameters>;
  readonly claims?: JWTPayload;
  readonly seconds?: number;
  readonly key?: Parameters<SignJWT['sign']>[0];
}

const token = ({ header, claims, seconds = 60, key = own.privateKey }: Wish = {}) =>
  new SignJWT({
    iss: 'https://id.example.com',
    aud: 'acorn',
    sub: 'erp',
    organisation: 'Northwind Brands',
    scope: 'order:read',
    exp: Math.floor(Date.now() / 1000) + seconds,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'own', typ: 'at+jwt', ...header })
    .sign(key);

const bearer = async (wish?: Wish) => ({ authorization: `Bearer ${await token(wish)}` });

describe.each(Object.keys(transports) as (keyof typeof transports)[])('S5 · a token by %s', (name) => {
  const ask = transports[name];

  test('of the configured issuer sees what its organisation owns', async () => {
    expect((await ask(gateway, '{ accounts }', await bearer())).data).toEqual({
      accounts: ['Northwind CA', 'Northwind US'],
    });
  });

  test('is refused when anything about it is not as pinned', async () => {
    const shared = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    const none = `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${(await token()).split('.')[1]}.`;
    const tampered = (await token()).split('.');
    tampered[1] = Buffer.from(
      JSON.stringify({ iss: 'https://id.example.com', organisation: 'Somebody Else' }),
    ).toString('base64url');
    const attacks: Record<string, { authorization: string }> = {
      'another issuer': await bearer({ claims: { iss: 'https://evil.example.com' } }),
      'another audience': await bearer({ claims: { aud: 'shop' } }),
      'no audience': await bearer({ claims: { aud: [] } }),
      'a foreign key': await bearer({ key: foreign.privateKey }),
      'its own key in the header': await bearer({
        key: foreign.privateKey,
        header: { jwk: await exportJWK(foreign.publicKey) },
      }),
      'its own key set in the header': await bearer({ key: foreign.privateKey, header: { jku: `${address}/evil` } }),
      'the public key as a shared secret': await bearer({ key: shared, header: { alg: 'HS256', kid: 'rsa' } }),
      'no signature': { authorization: `Bearer ${none}` },
      'a changed payload': { authorization: `Bearer ${tampered.join('.')}` },
      'over since long': await bearer({ seconds: -120 }),
      'not valid yet': await bearer({ claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }),
      'an identity token, not an access token': await bearer({ header: { typ: 'JWT' } }),
      'an organisation nobody knows': await bearer({ claims: { organisation: 'Nobody' } }),
      'no organisation': await bearer({ claims: { organisation: 7 } }),
      'no subject': await bearer({ claims: { sub: undefined } as unknown as JWTPayload }),
      rubbish: { authorization: 'Bearer a.b.c' },
    };
    for (const [attack, credentials] of Object.entries(attacks)) {
      const { closed, errors } = await ask(gateway, '{ accounts }', credentials);
      expect([attack, closed ?? errors?.[0]?.extensions?.code]).toEqual([attack, notLetIn[name]]);
    }
  });
});

test('a token that expires in mid-stream ends the stream', async () => {
  // Clocks may differ by thirty seconds, so one that is over by less is let in, and its feed ended at once.
  const started = Date.now();
  const { closed } = await transports.websocket(
    gateway,
    'subscription { numbers(everyMillis: 100000) }',
    await bearer({ seconds: 1 }),
  );
  expect(closed).toBe(4403);
  expect(Date.now() - started).toBeLessThan(3_000);
});

test('keys that cannot be fetched are our trouble and not the caller’s: not UNAUTHENTICATED', async () => {
  const response = await gateway.post(
    { query: '{ accounts }' },
    await bearer({ claims: { iss: 'https://away.example.com' } }),
  );
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    errors: [{ extensions: { code: 'ISSUER_UNAVAILABLE', retryable: true } }],
  });
});

test('the keys were fetched once, from the configured address, whatever the tokens said', () => {
  expect(fetched).toBe(1);
});

describe('of an issuer whose people are members here', () => {
  const person = (claims: JWTPayload = {}) =>
    token({ claims: { iss: 'https://people.example.com', sub: 'anna', scope: undefined, ...claims } });
  const asks = async (claims?: JWTPayload): Promise<unknown> => {
    const answer = await transports.http(gateway, '{ accounts }', { authorization: `Bearer ${await person(claims)}` });
    return answer.data?.accounts ?? answer.errors?.[0]?.extensions?.code;
  };

  test('a token opens what was granted to the member, whatever it says itself, and nothing once they are removed', async () => {
    expect(await asks({ scope: 'order:read account:read' })).toBe('UNAUTHENTICATED');
    const { work } = gateway.database;
    await work((sql) =>
      sql.query(
        `with who as (
           insert into "Member" ("id", "organisationId", "issuer", "subject", "createdAt")
           select gen_random_uuid(), "id", 'https://people.example.com', 'anna', now() from "Organisation" where "name" = 'Northwind Brands'
           returning "id", "organisationId")
         insert into "AccessGrant" ("id", "organisationId", "memberId", "role", "accountIds", "createdAt", "createdBy")
         select gen_random_uuid(), w."organisationId", w."id", 'owner', array[a."accountId"], now(), 'test'
           from who w join "VendorAccount" a on a."organisationId" = w."organisationId" and a."name" = 'Northwind CA'`,
      ),
    );
    await expect.poll(() => asks()).toEqual(['Northwind CA']);
    await work((sql) => sql.query(`update "Member" set "removedAt" = now()`));
    await expect.poll(() => asks()).toBe('UNAUTHENTICATED');
  });
});
