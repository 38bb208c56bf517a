// node-easywechat: WeChat Pay, version 3 and 2, with one notify server that is its own.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Pay, ServerRequest, defect, fails, here, number, ok } from './easywechat-app.mjs';
import { merchant } from './worlds.mjs';

const { url, mini, openid, control } = here;
const mei = openid('mei');

const pay = new Pay({
  mch_id: merchant.id,
  private_key: merchant.privateKeyFile,
  certificate: merchant.certificateFile,
  secret_key: merchant.v3Key,
  v2_secret_key: merchant.key,
  http: { baseURL: `${url}/`, throw: false },
});
const told = [];
const server = createServer(async (request, response) => {
  const asked = await ServerRequest.createFromIncomingMessage(request);
  pay.setRequest(asked);
  let reply;
  try {
    const isXml = asked.getBody().toString().startsWith('<xml');
    if (!isXml) await pay.getValidator().validate(asked);
    const handler = pay.getServer();
    const message = await handler.getDecryptedMessage();
    if (isXml && !message.get('out_refund_no')) await pay.getValidator().validateV2(message);
    told.push({ isXml, message: message.toObject() });
    reply = await handler.serve();
    response.writeHead(200);
    response.end(reply.getBody());
  } catch (error) {
    told.push({ error });
    response.writeHead(500);
    response.end(error.message);
  }
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const notifyUrl = `http://127.0.0.1:${server.address().port}/notify`;
const waited = async (fits) => {
  for (let turn = 0; turn < 100; turn += 1) {
    const found = told.find(fits);
    if (found) return found.message;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error(`it was not told: ${JSON.stringify(told.map((it) => it.message ?? it.error?.stack))}`);
};
const payCall = async (method, path, payload) => {
  const response = await pay.getClient().request(method, path, payload);
  const object = response.toObject();
  if (response.getStatusCode() >= 400 || object?.code)
    throw Object.assign(new Error(object?.message), { code: object?.code });
  return response;
};
await ok(
  'Merchant.loadPlatformCerts',
  '/v3/certificates',
  () => pay.getMerchant().getPlatformCerts(),
  (certs) => {
    const [[serial, certificate]] = Object.entries(certs);
    assert.equal(new X509Certificate(certificate.getValue()).serialNumber, serial);
    return serial;
  },
);
const order = (number3, total = 100) => ({
  appid: mini.appid,
  mchid: merchant.id,
  description: '茶',
  out_trade_no: number3,
  notify_url: notifyUrl,
  amount: { total, currency: 'CNY' },
  payer: { openid: mei },
});
const placed = await ok(
  'request v3',
  '/v3/pay/transactions/jsapi',
  () => payCall('post', '/v3/pay/transactions/jsapi', { data: order('EASY-3001') }),
  (it) => it.toObject().prepay_id,
);
await ok(
  'Utils.buildMiniAppConfig',
  '/v3/pay/transactions/jsapi',
  async () => {
    const params = pay.getUtils().buildMiniAppConfig(placed.toObject().prepay_id, mini.appid);
    return control('POST', 'pay', { params });
  },
  (it) => it.trade_state ?? 'paid',
);
await ok(
  'Server.handlePaid',
  'notify:v3',
  () => waited((it) => it.message?.out_trade_no === 'EASY-3001'),
  (message3) => {
    assert.equal(message3.trade_state, 'SUCCESS');
    assert.equal(message3.payer.openid, mei);
    return 'its validator accepts the signature';
  },
);
await ok(
  'request v3',
  '/v3/pay/transactions/out-trade-no/{}',
  () => payCall('get', '/v3/pay/transactions/out-trade-no/EASY-3001', { params: { mchid: merchant.id } }),
  (it) => {
    assert.equal(it.toObject().trade_state, 'SUCCESS');
    return it.toObject().transaction_id;
  },
);
await fails(
  'request v3 (no such order)',
  '/v3/pay/transactions/out-trade-no/{}',
  'ORDER_NOT_EXIST',
  () => payCall('get', '/v3/pay/transactions/out-trade-no/NONE-1', { params: { mchid: merchant.id } }),
  number,
);
await fails(
  'request v3 (no total)',
  '/v3/pay/transactions/jsapi',
  'PARAM_ERROR',
  () => payCall('post', '/v3/pay/transactions/jsapi', { data: order('EASY-3002', 0) }),
  number,
);
await defect(
  'request v3 (json)',
  '/v3/pay/transactions/jsapi',
  'it sends `json` and signs an empty body; `data` is signed',
  async () => {
    await assert.rejects(payCall('post', '/v3/pay/transactions/jsapi', { json: order('EASY-3003') }), {
      code: 'SIGN_ERROR',
    });
  },
);
const xmlCall = async (path, xml) => {
  const response = await pay.getClient().request('post', path, { xml });
  const object = response.toObject();
  if (object.return_code !== 'SUCCESS' || object.result_code !== 'SUCCESS')
    throw Object.assign(new Error(object.err_code_des ?? object.return_msg), {
      code: object.err_code ?? object.return_msg,
    });
  return object;
};
const old = (number2) => ({
  nonce_str: 'n0nce',
  appid: mini.appid,
  mch_id: merchant.id,
  body: '茶',
  out_trade_no: number2,
  total_fee: 100,
  spbill_create_ip: '127.0.0.1',
  notify_url: notifyUrl,
  trade_type: 'JSAPI',
  openid: mei,
});
const prepaid = await ok(
  'request v2',
  '/pay/unifiedorder',
  () => xmlCall('pay/unifiedorder', old('EASY-2001')),
  (it) => it.prepay_id,
);
await ok(
  'Utils.buildMiniAppConfig (MD5)',
  '/pay/unifiedorder',
  async () => {
    const params = pay.getUtils().buildMiniAppConfig(prepaid.prepay_id, mini.appid, 'MD5');
    return control('POST', 'pay', { params });
  },
  () => 'the phone takes its signature',
);
await ok(
  'Validator.validateV2',
  'notify:v2',
  () => waited((it) => it.isXml && it.message?.out_trade_no === 'EASY-2001'),
  (message2) => {
    assert.equal(message2.total_fee, '100');
    return message2.transaction_id;
  },
);
await defect(
  'request v2 (no nonce_str)',
  '/pay/unifiedorder',
  'it signs a nonce_str of its own, which it does not send',
  async () => {
    const { nonce_str: none, ...rest } = old('EASY-2002');
    assert.ok(none);
    await assert.rejects(xmlCall('pay/unifiedorder', rest), { code: '签名错误' });
  },
);
await fails(
  'request v2 (paid before)',
  '/pay/unifiedorder',
  'ORDERPAID',
  () => xmlCall('pay/unifiedorder', old('EASY-2001')),
  number,
);
server.close();
