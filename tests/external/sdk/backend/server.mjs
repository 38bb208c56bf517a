// A shop's back end as somebody would write it: co-wechat-api for WeChat, tenpay for WeChat Pay, no framework. It
// knows nothing of the simulator; its addresses, ids and keys come from the environment. It speaks to the mini
// program of the sample application `shop`.
import { createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { PACKAGES, PORT = '0', WECHAT_API, WECHAT_PAY, APPID, SECRET, MCH_ID, MCH_KEY, NOTIFY_URL } = process.env;
const load = createRequire(join(PACKAGES, 'index.js'));
const WechatAPI = load('co-wechat-api');
const Payment = load('tenpay');

const PRICES = { '101-a': 12_800, '106-a': 4_200, S1001: 58_000 };

const wechat = new WechatAPI(APPID, SECRET);
Object.assign(wechat, {
  prefix: `${WECHAT_API}/cgi-bin/`,
  snsPrefix: `${WECHAT_API}/sns/`,
  wxaPrefix: `${WECHAT_API}/wxa/`,
});

const sessions = new Map();
const orders = new Map([['S1001', { id: 'S1001', state: 'unpaid', total: PRICES.S1001, credited: 0 }]]);
const heard = [];

/** What a client is told when something is not as it should be. */
class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    Object.assign(this, { status, code });
  }
}

const login = async ({ code }) => {
  const session = await wechat.code2Session(code).catch((error) => {
    throw new Refusal(401, `wechat-${error.code}`, '登录失败，请重试');
  });
  const token = randomBytes(16).toString('hex');
  sessions.set(token, { openid: session.openid, key: session.session_key });
  return { token };
};

/** Opens what wx.getUserInfo encrypted for this server. */
const profile = ({ rawData, signature, encryptedData, iv }, session) => {
  const expected = createHash('sha1')
    .update(rawData + session.key)
    .digest('hex');
  if (signature !== expected) throw new Refusal(409, 'stale-session', '登录已过期，请重新登录');
  const decipher = createDecipheriv('aes-128-cbc', Buffer.from(session.key, 'base64'), Buffer.from(iv, 'base64'));
  const text = Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()]).toString('utf8');
  const told = JSON.parse(text);
  if (told.watermark.appid !== APPID || told.openId !== session.openid)
    throw new Refusal(409, 'foreign-data', '数据不属于本小程序');
  return { openId: told.openId, nickName: told.nickName };
};

const place = ({ items }) => {
  const total = items.reduce((sum, { sku, count }) => sum + (PRICES[sku] ?? NaN) * count, 0);
  if (!Number.isInteger(total) || total <= 0) throw new Refusal(409, 'sold-out', '商品已售罄');
  const id = `S${2000 + orders.size}`;
  orders.set(id, { id, state: 'unpaid', total, credited: 0 });
  return { id };
};

/** The merchant's account at WeChat Pay. */
const payment = () => {
  const made = new Payment({
    appid: APPID,
    mchid: MCH_ID,
    partnerKey: MCH_KEY,
    notify_url: NOTIFY_URL ?? `http://127.0.0.1:${server.address().port}/notify`,
  });
  for (const [name, url] of Object.entries(made.urls))
    made.urls[name] = url.replace('https://api.mch.weixin.qq.com', WECHAT_PAY);
  return made;
};

const orderOf = (id) => {
  const order = orders.get(id);
  if (!order) throw new Refusal(404, 'no-order', '没有这个订单');
  return order;
};

const pay = async (id, session) => {
  const order = orderOf(id);
  const asked = { out_trade_no: id, body: `小店订单 ${id}`, total_fee: order.total, openid: session.openid };
  return payment()
    .getPayParams(asked)
    .catch((error) => {
      throw new Refusal(502, 'payment', error.message);
    });
};

/** A payment that WeChat Pay told of, for the first time or again. */
const paid = ({ out_trade_no: id, total_fee: fee, transaction_id: transaction }) => {
  const order = orderOf(id);
  if (Number(fee) !== order.total) throw new Refusal(409, 'amount', `${fee} is not ${order.total}`);
  if (order.state !== 'paid') Object.assign(order, { state: 'paid', transaction, credited: order.credited + 1 });
};

const notify = async (body) => {
  const context = { request: { body } };
  await payment()
    .middleware('pay')(context, () => paid(context.request.weixin))
    .catch((error) => {
      context.reply(error.message);
    });
  heard.push({ transaction: context.request.weixin?.transaction_id ?? null, accepted: context.body === undefined });
  if (context.body === undefined) context.reply();
  return context.body;
};

/** What a careful shop does with orders of which it hears nothing. */
const reconcile = async (id) => {
  const told = await payment().orderQuery({ out_trade_no: id });
  if (told.trade_state === 'SUCCESS') paid(told);
  return orderOf(id);
};

const answer = async ({ method, url, headers }, body) => {
  const parts = url.split('?')[0].split('/').slice(1);
  const json = body && !body.startsWith('<') ? JSON.parse(body) : {};
  const session = sessions.get(headers.token);
  const route = `${method} ${parts[0]}${parts.length > 1 ? '/ID' : ''}${parts[2] ? `/${parts[2]}` : ''}`;
  if (route === 'POST login') return login(json);
  if (route === 'POST notify') return notify(body);
  if (route === 'GET heard') return heard;
  if (!session) throw new Refusal(401, 'login', '请先登录');
  switch (route) {
    case 'POST profile':
      return profile(json, session);
    case 'POST orders':
      return place(json);
    case 'GET orders':
      return { list: [...orders.values()] };
    case 'GET orders/ID':
      return orderOf(parts[1]);
    case 'POST orders/ID/pay':
      return pay(parts[1], session);
    case 'POST orders/ID/reconcile':
      return reconcile(parts[1]);
    default:
      throw new Refusal(404, 'no-route', route);
  }
};

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  let [status, told] = [200, {}];
  try {
    told = await answer(request, Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    [status, told] = [error.status ?? 500, { code: error.code ?? 'error', message: error.message }];
  }
  const text = typeof told === 'string' ? told : JSON.stringify(told);
  response.writeHead(status, { 'content-type': typeof told === 'string' ? 'text/xml' : 'application/json' });
  response.end(text);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
