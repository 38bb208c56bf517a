// co-wechat in a Koa application receives pushed messages; it speaks XML alone. Where bodies are JSON, its
// wechat-crypto opens them.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { AES_KEY, TOKEN, push } from './push.mjs';
import { reporter } from './report.mjs';
import { load, world } from './worlds.mjs';

const Koa = load('koa');
const wechat = load('co-wechat');
const WXBizMsgCrypt = load('wechat-crypto');
const report = reporter('co-wechat');
const here = world('now');

const told = [];
const rude = new Set();
const app = new Koa();
app.silent = true;
const receive = wechat({ token: TOKEN, appid: here.mini.appid, encodingAESKey: AES_KEY }).middleware(
  async (message) => {
    told.push(message);
    return message.Content === '人工' ? { type: 'customerService' } : '';
  },
);
app.use(async (ctx, next) => {
  // The first attempt to deliver one message breaks off.
  if (ctx.method === 'POST' && rude.size > 0) {
    rude.clear();
    ctx.req.socket.destroy();
    return undefined;
  }
  return receive(ctx, next);
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/push?shop=7`;
for (const mode of ['plain', 'compat', 'safe']) {
  await push({ report, world: here, url, told, mode, format: 'xml', name: 'middleware' });
}
await report.ok(
  'middleware (after a connection that broke)',
  'push:xml-safe',
  async () => {
    rude.add('once');
    await here.control('POST', 'say', { user: 'mei', text: '再说一次' });
    for (let turn = 0; turn < 100 && !told.some((it) => it.Content === '再说一次'); turn += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
    return told.filter((it) => it.Content === '再说一次');
  },
  (all) => {
    assert.equal(all.length, 1);
    return 'delivered by the second attempt';
  },
);
server.close();

// The official account hears of the card that a user takes in the mini program.
const API = load('co-wechat-api');
const { account } = here;
const events = [];
const shop = new Koa();
shop.silent = true;
shop.use(
  wechat({ token: TOKEN, appid: account.appid, encodingAESKey: AES_KEY }).middleware(async (message) => {
    events.push(message);
    return '';
  }),
);
const shopServer = shop.listen(0, '127.0.0.1');
await once(shopServer, 'listening');
await report.ok(
  'middleware (user_get_card)',
  'push:xml-safe',
  async () => {
    const settings = {
      url: `http://127.0.0.1:${shopServer.address().port}/`,
      token: TOKEN,
      encodingAesKey: AES_KEY,
      mode: 'safe',
      format: 'xml',
    };
    await here.control('POST', 'push', { appid: account.appid, ...settings });
    const api = new API(account.appid, account.secret);
    api.prefix = `${here.url}/cgi-bin/`;
    const list = [{ cardId: 'pTeaCoupon', cardExt: JSON.stringify(await api.getCardExt({ card_id: 'pTeaCoupon' })) }];
    await here.phone([`gesture takeCards ${JSON.stringify({ list })}`], { card: 'ok' });
    for (let turn = 0; turn < 50 && events.length === 0; turn += 1) {
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
    return events;
  },
  ([event]) => {
    assert.equal(event?.Event, 'user_get_card', JSON.stringify(events));
    assert.deepEqual([event.CardId, event.FromUserName], ['pTeaCoupon', here.openid('mei', account)]);
    return `code ${event.UserCardCode}`;
  },
);
shopServer.close();

// JSON: the same crypt, by hand, as its users do.
const crypt = new WXBizMsgCrypt(TOKEN, AES_KEY, here.mini.appid);
const opened = [];
const byHand = createServer(async (request, response) => {
  const query = new URL(request.url, 'http://localhost').searchParams;
  const [timestamp, nonce] = [query.get('timestamp'), query.get('nonce')];
  if (request.method === 'GET') {
    const known = query.get('signature') === crypt.getSignature(timestamp, nonce, '');
    response.end(known ? query.get('echostr') : 'no');
    return;
  }
  const parts = [];
  for await (const part of request) parts.push(part);
  const { Encrypt, ...plain } = JSON.parse(Buffer.concat(parts).toString('utf8'));
  if (query.get('msg_signature') !== crypt.getSignature(timestamp, nonce, Encrypt)) {
    response.writeHead(401).end();
    return;
  }
  const { message, id } = crypt.decrypt(Encrypt);
  const inner = JSON.parse(message);
  assert.equal(id, here.mini.appid);
  if (plain.MsgType) assert.deepEqual(plain, inner);
  opened.push(inner);
  if (inner.Content !== '人工') {
    response.end('success');
    return;
  }
  const reply = crypt.encrypt(
    JSON.stringify({
      ToUserName: inner.FromUserName,
      FromUserName: inner.ToUserName,
      CreateTime: 1,
      MsgType: 'transfer_customer_service',
    }),
  );
  response.end(
    JSON.stringify({ Encrypt: reply, MsgSignature: crypt.getSignature('1', nonce, reply), TimeStamp: 1, Nonce: nonce }),
  );
}).listen(0, '127.0.0.1');
await once(byHand, 'listening');
for (const mode of ['compat', 'safe']) {
  await push({
    report,
    world: here,
    url: `http://127.0.0.1:${byHand.address().port}/`,
    told: opened,
    mode,
    format: 'json',
    name: 'wechat-crypto',
  });
}
byHand.close();
