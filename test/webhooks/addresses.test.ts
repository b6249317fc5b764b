import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkAddress, isPrivateAddress } from '../../src/webhooks/addresses.ts';
import { openPoster, type Poster, type PosterOptions } from '../../src/webhooks/post.ts';
import { aReceiver, type Receiver, says } from './support/receiver.ts';

const strict = { allowHttp: false, allowPrivateAddresses: false };
const never = new AbortController().signal;

test.each([
  ['127.0.0.1', true],
  ['127.255.255.254', true],
  ['10.1.2.3', true],
  ['172.16.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['100.100.100.200', true],
  ['100.128.0.1', false],
  ['168.63.129.16', true],
  ['0.0.0.0', true],
  ['198.18.0.1', true],
  ['224.0.0.1', true],
  ['255.255.255.255', true],
  ['203.0.113.9', true],
  ['8.8.8.8', false],
  ['93.184.215.14', false],
  ['::', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:8.8.8.8', true],
  ['::ffff:a9fe:a9fe', true],
  ['64:ff9b::7f00:1', true],
  ['fe80::1', true],
  ['fe80::1%eth0', true],
  ['fc00::1', true],
  ['fd00:ec2::254', true],
  ['ff02::1', true],
  ['2001::1', true],
  ['2001:db8::1', true],
  ['2002:7f00:1::', true],
  ['2606:4700:4700::1111', false],
  ['2a00:1450:4001:82f::200e', false],
  ['not an address', true],
])('S11 · %s is private: %s', (address, is) => {
  expect(isPrivateAddress(address)).toBe(is);
});

test.each([
  ['https://example.com/hooks', undefined],
  ['https://example.com:8443/hooks?a=b', undefined],
  ['http://example.com/hooks', 'NOT_HTTPS'],
  ['ftp://example.com/hooks', 'NOT_AN_ADDRESS'],
  ['file:///etc/passwd', 'NOT_AN_ADDRESS'],
  ['javascript:alert(1)', 'NOT_AN_ADDRESS'],
  ['example.com', 'NOT_AN_ADDRESS'],
  ['', 'NOT_AN_ADDRESS'],
  [`https://example.com/${'x'.repeat(2_048)}`, 'NOT_AN_ADDRESS'],
  ['https://user:secret@example.com/', 'HAS_CREDENTIALS'],
  ['https://127.0.0.1/', 'PRIVATE_ADDRESS'],
  ['https://127.1/', 'PRIVATE_ADDRESS'],
  ['https://0x7f.1/', 'PRIVATE_ADDRESS'],
  ['https://2130706433/', 'PRIVATE_ADDRESS'],
  ['https://0177.0.0.1/', 'PRIVATE_ADDRESS'],
  ['https://127.0.0.1./', 'PRIVATE_ADDRESS'],
  ['https://①②⑦.0.0.1/', 'PRIVATE_ADDRESS'],
  ['https://[::1]/', 'PRIVATE_ADDRESS'],
  ['https://[::ffff:127.0.0.1]/', 'PRIVATE_ADDRESS'],
  ['https://[fd00:ec2::254]/latest/meta-data', 'PRIVATE_ADDRESS'],
  ['https://169.254.169.254/latest/meta-data', 'PRIVATE_ADDRESS'],
])('S11 · %s: %s', (address, because) => {
  const checked = checkAddress(address, strict);
  expect(checked.ok ? undefined : checked.refusal).toBe(because);
});

describe('what is posted', () => {
  let receiver: Receiver;
  const posters: Poster[] = [];
  beforeAll(async () => {
    receiver = await aReceiver();
  });
  afterAll(async () => {
    for (const poster of posters) poster.close();
    await receiver.close();
  });
  const poster = (options: Partial<PosterOptions>) => {
    const opened = openPoster({ allowHttp: true, allowPrivateAddresses: true, ...options });
    posters.push(opened);
    return opened;
  };
  /** A name server that says these, one answer after the other. */
  const leadsTo = (...answers: readonly (readonly LookupAddress[])[]) => {
    let asked = 0;
    const lookup = (
      _name: string,
      _options: object,
      callback: (error: null, found: readonly LookupAddress[]) => void,
    ) => {
      callback(null, answers[Math.min(asked, answers.length - 1)] ?? []);
      asked += 1;
    };
    return { lookup: lookup as unknown as NonNullable<PosterOptions['lookup']>, asked: () => asked };
  };
  const here = { address: '127.0.0.1', family: 4 };
  const away = { address: '93.184.215.14', family: 4 };
  const port = () => new URL(receiver.url).port;

  test('S11 · a name that leads into the private network is not connected to', async () => {
    const guarded = poster({ allowPrivateAddresses: false });
    const before = receiver.received.length;
    expect(await guarded.post(`http://localhost:${port()}/`, {}, '{}', never)).toEqual({
      error: 'ADDRESS_REFUSED',
      response: '',
    });
    expect(await guarded.post(receiver.url, {}, '{}', never)).toEqual({ error: 'ADDRESS_REFUSED', response: '' });
    expect(receiver.received).toHaveLength(before);
  });

  test('S11 · a name that leads elsewhere the second time gains nothing, nor one that leads to both', async () => {
    const before = receiver.received.length;
    const rebinding = leadsTo([here]);
    const both = leadsTo([away, here]);
    for (const { lookup } of [rebinding, both]) {
      const guarded = poster({ allowPrivateAddresses: false, lookup });
      expect(await guarded.post(`http://rebinding.example:${port()}/`, {}, '{}', never)).toMatchObject({
        error: 'ADDRESS_REFUSED',
      });
    }
    expect(receiver.received).toHaveLength(before);
    // The name is asked for once for a connection: what is looked at is what is connected to.
    const once = leadsTo([here], [away]);
    const open = poster({ lookup: once.lookup });
    expect(await open.post(`http://rebinding.example:${port()}/`, {}, '{}', never)).toMatchObject({ status: 204 });
    expect(once.asked()).toBe(1);
  });

  test('S11 · http is refused at the moment of sending, too: what an operator takes back is taken back', async () => {
    expect(await poster({ allowHttp: false }).post(receiver.url, {}, '{}', never)).toMatchObject({
      error: 'ADDRESS_REFUSED',
    });
  });

  test('S11 · a redirect is an answer, and is not followed', async () => {
    const before = receiver.received.length;
    receiver.answer = says(302, { location: receiver.url });
    expect(await poster({}).post(receiver.url, {}, '{}', never)).toMatchObject({ status: 302, error: 'REDIRECTED' });
    expect(receiver.received).toHaveLength(before + 1);
  });

  test('S8 · an answer without end is read to its bound, and shown to a shorter one', async () => {
    let written = 0;
    receiver.answer = (_received, response) => {
      response.writeHead(200);
      const more = () => {
        if (response.destroyed) return;
        written += 16_384;
        if (response.write('x'.repeat(16_384))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    };
    const posted = await poster({ timeoutMillis: 10_000 }).post(receiver.url, {}, '{}', never);
    expect(posted).toEqual({ status: 200, response: 'x'.repeat(500) });
    expect(written).toBeLessThan(50_000_000);
  });

  test('S8 · who does not answer is waited for so long and no longer, and so is who answers drop by drop', async () => {
    receiver.answer = () => {};
    const impatient = poster({ timeoutMillis: 150 });
    expect(await impatient.post(receiver.url, {}, '{}', never)).toEqual({ error: 'TIMED_OUT', response: '' });
    receiver.answer = (_received, response) => {
      response.writeHead(200);
      response.write('one drop');
    };
    expect(await impatient.post(receiver.url, {}, '{}', never)).toEqual({ status: 200, response: 'one drop' });
  });

  test('what cannot be reached says why', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port: free } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const open = poster({});
    expect(await open.post(`http://127.0.0.1:${free}/`, {}, '{}', never)).toMatchObject({ error: 'CONNECTION_FAILED' });
    expect(await open.post(`https://127.0.0.1:${port()}/`, {}, '{}', never)).toMatchObject({ error: 'TLS_FAILED' });
    const nowhere = poster({
      lookup: ((_n: string, _o: object, callback: (error: Error) => void) =>
        callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))) as unknown as NonNullable<
        PosterOptions['lookup']
      >,
    });
    expect(await nowhere.post('https://nowhere.example/', {}, '{}', never)).toMatchObject({ error: 'NAME_NOT_FOUND' });
  });

  test('one connection carries many messages', async () => {
    receiver.answer = says(200, {}, 'ok');
    const ports = new Set<number | undefined>();
    receiver.answer = (_received, response) => {
      ports.add(response.socket?.remotePort);
      response.end('ok');
    };
    const open = poster({});
    for (let n = 0; n < 5; n += 1)
      expect(await open.post(receiver.url, {}, '{}', never)).toEqual({ status: 200, response: 'ok' });
    expect(ports.size).toBe(1);
  });
});
