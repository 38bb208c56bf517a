// wechatpay-axios-plugin, led here by its own `baseURL`: it verifies every answer with the platform's certificate.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { merchantServer } from './merchant-server.mjs';
import { reporter } from './report.mjs';
import { folder, load, merchant, world } from './worlds.mjs';

const {
  Wechatpay,
  Aes: { AesGcm },
  Rsa,
  Formatter,
  Hash,
  Transformer,
} = load('wechatpay-axios-plugin');
const { url, mini, openid, control } = world('now');
const { ok, fails, defect } = reporter('wechatpay-axios-plugin');
const mei = openid('mei');

const privateKey = readFileSync(merchant.privateKeyFile);
const client = (certs, more = {}) =>
  new Wechatpay({
    baseURL: `${url}/`,
    mchid: merchant.id,
    serial: merchant.serial,
    privateKey,
    secret: merchant.key,
    certs,
    ...more,
  });
// The certificates come encrypted, and then verify the answer in which they came.
const certs = {};
const isPlatform = (body, headers) => {
  const {
    'wechatpay-timestamp': time,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': signature,
  } = headers;
  assert.ok(certs[serial], `no certificate ${serial}`);
  assert.ok(
    Rsa.verify(Formatter.response(time, nonce, body), signature, Rsa.from(certs[serial], 'public')),
    'wrong signature',
  );
};
await ok(
  'v3.certificates.get',
  '/v3/certificates',
  () =>
    client({ any: undefined }).v3.certificates.get({
      transformResponse: [
        (text, headers) => {
          const { data } = JSON.parse(text);
          for (const { serial_no: serial, encrypt_certificate: it } of data) {
            certs[serial] = AesGcm.decrypt(it.ciphertext, merchant.v3Key, it.nonce, it.associated_data);
          }
          isPlatform(text, headers);
          return data;
        },
      ],
    }),
  ({ data }) => data[0].serial_no,
);
await defect(
  'cli.js crt',
  '/v3/certificates',
  'its downloader fills a list of certificates of which the verifier has a copy',
  async () => {
    const words = [
      'crt',
      '--baseURL',
      `${url}/`,
      '-m',
      merchant.id,
      '-s',
      merchant.serial,
      '-f',
      merchant.privateKeyFile,
      '-k',
      merchant.v3Key,
      '-o',
      folder,
    ];
    await promisify(execFile)(process.execPath, [load.resolve('wechatpay-axios-plugin/bin/cli.js'), ...words]);
    assert.deepEqual(
      readdirSync(folder).filter((file) => file.startsWith('wechatpay_')),
      [],
    );
  },
);
const server = await merchantServer(
  async (body, headers) => {
    if (body.startsWith('<')) {
      const message = Transformer.toObject(body);
      const signed = { ...message };
      delete signed.sign;
      assert.equal(message.sign, Hash.sign('MD5', signed, merchant.key));
      return message;
    }
    isPlatform(body, headers);
    const { resource, ...event } = JSON.parse(body);
    return {
      ...event,
      resource: JSON.parse(
        AesGcm.decrypt(resource.ciphertext, merchant.v3Key, resource.nonce, resource.associated_data),
      ),
    };
  },
  (failure) => [
    failure ? 500 : 200,
    failure ? '{"code":"FAIL","message":"no"}' : '<xml><return_code>SUCCESS</return_code></xml>',
  ],
);

const pay = client(certs);
const code = (error) => error.response?.data?.code ?? error.stack;
const order = (number, total = 100) => ({
  appid: mini.appid,
  mchid: merchant.id,
  description: '茶',
  out_trade_no: number,
  notify_url: server.url,
  amount: { total, currency: 'CNY' },
  payer: { openid: mei },
});
const jsapi = pay.v3.pay.transactions.jsapi;
const placed = await ok(
  'v3.pay.transactions.jsapi.post',
  '/v3/pay/transactions/jsapi',
  () => jsapi.post({ ...order('AXIOS-1'), attach: '桌 7' }),
  ({ data }) => data.prepay_id,
);
const query = (number) =>
  pay.v3.pay.transactions.outTradeNo.$out_trade_no$.get({ out_trade_no: number, params: { mchid: merchant.id } });
const QUERY = '/v3/pay/transactions/out-trade-no/{}';
await ok(
  'outTradeNo.get (unpaid)',
  QUERY,
  () => query('AXIOS-1'),
  ({ data }) => {
    assert.equal(data.trade_state, 'NOTPAY');
    return data.trade_state;
  },
);
await ok(
  'Rsa.sign',
  '/v3/pay/transactions/jsapi',
  async () => {
    const params = {
      appId: mini.appid,
      timeStamp: `${Formatter.timestamp()}`,
      nonceStr: Formatter.nonce(),
      package: `prepay_id=${placed.data.prepay_id}`,
      signType: 'RSA',
    };
    params.paySign = Rsa.sign(
      Formatter.joinedByLineFeed(params.appId, params.timeStamp, params.nonceStr, params.package),
      privateKey,
    );
    return control('POST', 'pay', { params });
  },
  () => 'the phone takes its signature',
);
await ok(
  'AesGcm.decrypt',
  'notify:v3',
  () => server.wait((it) => it.resource?.out_trade_no === 'AXIOS-1'),
  (it) => {
    assert.equal(it.event_type, 'TRANSACTION.SUCCESS');
    assert.equal(it.resource.attach, '桌 7');
    return it.id;
  },
);
const paid = await ok(
  'outTradeNo.get',
  QUERY,
  () => query('AXIOS-1'),
  ({ data }) => {
    assert.equal(data.trade_state, 'SUCCESS');
    assert.equal(data.payer.openid, mei);
    return data.success_time;
  },
);
await ok(
  'id.get',
  '/v3/pay/transactions/id/{}',
  () =>
    pay.v3.pay.transactions.id.$transaction_id$.get({
      transaction_id: paid.data.transaction_id,
      params: { mchid: merchant.id },
    }),
  ({ data }) => data.out_trade_no,
);
await fails('outTradeNo.get (no such order)', QUERY, 'ORDER_NOT_EXIST', () => query('NONE-12345'), code);
await fails(
  'jsapi.post (no total)',
  '/v3/pay/transactions/jsapi',
  'PARAM_ERROR',
  () => jsapi.post(order('AXIOS-9', 0)),
  code,
);
await fails(
  'jsapi.post (another key)',
  '/v3/pay/transactions/jsapi',
  'SIGN_ERROR',
  () => client(certs, { serial: '00'.repeat(20) }).v3.pay.transactions.jsapi.post(order('AXIOS-9')),
  code,
);
await fails(
  'jsapi.post (nobody)',
  '/v3/pay/transactions/jsapi',
  'OPENID_MISMATCH',
  () => jsapi.post({ ...order('AXIOS-9'), payer: { openid: 'o'.repeat(28) } }),
  code,
);
await ok(
  'jsapi.post, close.post',
  '/v3/pay/transactions/out-trade-no/{}/close',
  async () => {
    await jsapi.post(order('AXIOS-2'));
    return pay.v3.pay.transactions.outTradeNo.$out_trade_no$.close.post(
      { mchid: merchant.id },
      { out_trade_no: 'AXIOS-2' },
    );
  },
  ({ status }) => {
    assert.equal(status, 204);
    return status;
  },
);
await ok(
  'outTradeNo.get (closed)',
  QUERY,
  () => query('AXIOS-2'),
  ({ data }) => {
    assert.equal(data.trade_state, 'CLOSED');
    return data.trade_state;
  },
);
const refunds = pay.v3.refund.domestic.refunds;
const refund = {
  out_trade_no: 'AXIOS-1',
  out_refund_no: 'AXIOS-R1',
  notify_url: server.url,
  amount: { refund: 40, total: 100, currency: 'CNY' },
};
await ok(
  'refunds.post',
  '/v3/refund/domestic/refunds',
  () => refunds.post(refund),
  ({ data }) => `${data.refund_id} ${data.status}`,
);
await ok(
  'AesGcm.decrypt',
  'notify:refund-v3',
  () => server.wait((it) => it.resource?.out_refund_no === 'AXIOS-R1'),
  (it) => {
    assert.equal(it.event_type, 'REFUND.SUCCESS');
    return it.resource.refund_status;
  },
);
await ok(
  'refunds.get',
  '/v3/refund/domestic/refunds/{}',
  () => refunds.$out_refund_no$.get({ out_refund_no: 'AXIOS-R1' }),
  ({ data }) => {
    assert.equal(data.status, 'SUCCESS');
    return data.status;
  },
);
await fails(
  'refunds.get (no such refund)',
  '/v3/refund/domestic/refunds/{}',
  'RESOURCE_NOT_EXISTS',
  () => refunds.$out_refund_no$.get({ out_refund_no: 'NONE' }),
  code,
);

// Version 2, which the same client speaks.
const v2 = (number, more = {}) => ({
  appid: mini.appid,
  mch_id: merchant.id,
  nonce_str: Formatter.nonce(),
  body: '茶',
  out_trade_no: number,
  total_fee: 100,
  spbill_create_ip: '127.0.0.1',
  notify_url: server.url,
  trade_type: 'JSAPI',
  openid: mei,
  ...more,
});
const word = (error) => error.response?.data?.err_code ?? error.response?.data?.return_msg ?? error.stack;
const checked = async (asked) => {
  const { data } = await asked;
  if (data.result_code !== 'SUCCESS')
    throw Object.assign(new Error(data.err_code_des ?? data.return_msg), { response: { data } });
  return data;
};
const prepaid = await ok(
  'v2.pay.unifiedorder.post',
  '/pay/unifiedorder',
  () => checked(pay.v2.pay.unifiedorder.post(v2('AXIOS-3'))),
  (it) => it.prepay_id,
);
await ok(
  'Hash.sign',
  '/pay/unifiedorder',
  async () => {
    const params = {
      appId: mini.appid,
      timeStamp: `${Formatter.timestamp()}`,
      nonceStr: Formatter.nonce(),
      package: `prepay_id=${prepaid.prepay_id}`,
      signType: 'MD5',
    };
    params.paySign = Hash.sign('MD5', params, merchant.key);
    return control('POST', 'pay', { params });
  },
  () => 'the phone takes its signature',
);
await ok(
  'Transformer.toObject',
  'notify:v2',
  () => server.wait((it) => it.out_trade_no === 'AXIOS-3'),
  (it) => it.transaction_id,
);
await ok(
  'v2.pay.orderquery.post',
  '/pay/orderquery',
  () =>
    checked(
      pay.v2.pay.orderquery.post({
        appid: mini.appid,
        mch_id: merchant.id,
        nonce_str: Formatter.nonce(),
        out_trade_no: 'AXIOS-3',
      }),
    ),
  (it) => {
    assert.equal(it.trade_state, 'SUCCESS');
    return it.trade_state;
  },
);
await fails(
  'v2.pay.unifiedorder.post (LACK)',
  '/pay/unifiedorder',
  'LACK_PARAMS',
  () => checked(pay.v2.pay.unifiedorder.post(v2('AXIOS-4', { body: '' }))),
  word,
);
server.close();
