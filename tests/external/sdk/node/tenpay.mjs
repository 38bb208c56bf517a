// tenpay, led here by its map of addresses: it checks appid, mch_id and sign of every answer itself.
import assert from 'node:assert/strict';
import { merchantServer } from './merchant-server.mjs';
import { reporter } from './report.mjs';
import { load, merchant, world } from './worlds.mjs';

const Payment = load('tenpay');
const { url, mini, openid, control } = world('now');
const { ok, fails } = reporter('tenpay');
const mei = openid('mei');

const client = (more = {}, kind = (config) => new Payment(config)) => {
  const config = {
    appid: mini.appid,
    mchid: merchant.id,
    partnerKey: merchant.key,
    notify_url: server.url,
    refund_url: server.url,
    ...more,
  };
  const payment = kind(config);
  for (const [name, address] of Object.entries(payment.urls))
    payment.urls[name] = address.replace('https://api.mch.weixin.qq.com', url);
  return payment;
};
/** Its middleware reads notifications, as in a web application. */
const read = async (body) => {
  const kind = body.includes('<req_info>') ? 'refund' : 'pay';
  const context = { request: { body } };
  let isRead = false;
  await client().middleware(kind)(context, () => {
    isRead = true;
  });
  if (!isRead) throw new Error(context.body);
  return context.request.weixin;
};
const server = await merchantServer(read, (failure) => [
  200,
  `<xml><return_code><![CDATA[${failure ? 'FAIL' : 'SUCCESS'}]]></return_code></xml>`,
]);
const pay = client();
const message = (error) => error.message;
const order = (out_trade_no, more = {}) => ({ out_trade_no, body: '茶 <新>', total_fee: 100, openid: mei, ...more });

await ok(
  'unifiedOrder',
  '/pay/unifiedorder',
  () => pay.unifiedOrder(order('TEN-1', { attach: '桌 7' })),
  (told) => told.prepay_id,
);
const placed = await ok(
  'unifiedOrder (the same again)',
  '/pay/unifiedorder',
  () => pay.unifiedOrder(order('TEN-1', { attach: '桌 7' })),
  (told) => told.prepay_id,
);
await fails(
  'unifiedOrder (another total)',
  '/pay/unifiedorder',
  'INVALID_REQUEST',
  () => pay.unifiedOrder(order('TEN-1', { total_fee: 1 })),
  message,
);
await fails(
  'unifiedOrder (no openid)',
  '/pay/unifiedorder',
  'PARAM_ERROR',
  () => pay.unifiedOrder(order('TEN-9', { openid: '' })),
  message,
);
await fails(
  'unifiedOrder (wrong key)',
  '/pay/unifiedorder',
  '签名错误',
  () => client({ partnerKey: 'f'.repeat(32) }).unifiedOrder(order('TEN-9')),
  message,
);
await fails(
  'unifiedOrder (no body)',
  '/pay/unifiedorder',
  'LACK_PARAMS',
  () => pay.unifiedOrder(order('TEN-9', { body: '' })),
  message,
);
await fails(
  'unifiedOrder (another merchant)',
  '/pay/unifiedorder',
  'MCHID不存在',
  () => client({ mchid: '1230000110' }).unifiedOrder(order('TEN-9')),
  message,
);
await fails(
  'unifiedOrder (another app)',
  '/pay/unifiedorder',
  'APPID_NOT_EXIST',
  () => client({ appid: 'wx0000000000000000' }).unifiedOrder(order('TEN-9')),
  message,
);
await ok(
  'orderQuery (unpaid)',
  '/pay/orderquery',
  () => pay.orderQuery({ out_trade_no: 'TEN-1' }),
  (told) => {
    assert.equal(told.trade_state, 'NOTPAY');
    return told.trade_state;
  },
);
await ok(
  'getPayParamsByPrepay',
  '/pay/unifiedorder',
  async () => {
    const params = pay.getPayParamsByPrepay(placed);
    return control('POST', 'pay', { params });
  },
  () => 'the phone takes its signature',
);
await ok(
  'middleware(pay)',
  'notify:v2',
  () => server.wait((it) => it.out_trade_no === 'TEN-1'),
  (told) => {
    assert.equal(told.attach, '桌 7');
    assert.equal(told.openid, mei);
    return told.transaction_id;
  },
);
const paid = await ok(
  'orderQuery',
  '/pay/orderquery',
  () => pay.orderQuery({ out_trade_no: 'TEN-1' }),
  (told) => {
    assert.equal(told.trade_state, 'SUCCESS');
    return told.time_end;
  },
);
await ok(
  'orderQuery (by transaction_id)',
  '/pay/orderquery',
  () => pay.orderQuery({ transaction_id: paid.transaction_id }),
  (told) => told.out_trade_no,
);
await fails(
  'orderQuery (no such order)',
  '/pay/orderquery',
  'ORDERNOTEXIST',
  () => pay.orderQuery({ out_trade_no: 'NONE' }),
  message,
);
await fails(
  'unifiedOrder (paid before)',
  '/pay/unifiedorder',
  'ORDERPAID',
  () => pay.unifiedOrder(order('TEN-1', { attach: '桌 7' })),
  message,
);
await fails(
  'closeOrder (paid)',
  '/pay/closeorder',
  'ORDERPAID',
  () => pay.closeOrder({ out_trade_no: 'TEN-1' }),
  message,
);
await ok(
  'getPayParams (HMAC-SHA256)',
  '/pay/unifiedorder',
  async () => {
    const params = await pay.getPayParams(order('TEN-2', { sign_type: 'HMAC-SHA256' }));
    assert.equal(params.signType, 'HMAC-SHA256');
    return control('POST', 'pay', { params, answer: 'cancel' });
  },
  (told) => {
    assert.equal(told.errMsg, 'requestPayment:fail cancel');
    return 'the user cancels';
  },
);
await ok(
  'closeOrder',
  '/pay/closeorder',
  () => pay.closeOrder({ out_trade_no: 'TEN-2' }),
  () => '',
);
await ok(
  'orderQuery (closed)',
  '/pay/orderquery',
  () => pay.orderQuery({ out_trade_no: 'TEN-2' }),
  (told) => {
    assert.equal(told.trade_state, 'CLOSED');
    return told.trade_state;
  },
);
const refund = { out_trade_no: 'TEN-1', out_refund_no: 'R-1', total_fee: 100, refund_fee: 40 };
await ok(
  'refund',
  '/secapi/pay/refund',
  () => pay.refund(refund),
  (told) => told.refund_id,
);
await ok(
  'middleware(refund)',
  'notify:refund-v2',
  () => server.wait((it) => it.req_info?.out_refund_no === 'R-1'),
  (told) => {
    assert.equal(told.req_info.refund_status, 'SUCCESS');
    return told.req_info.refund_id;
  },
);
await ok(
  'refundQuery',
  '/pay/refundquery',
  () => pay.refundQuery({ out_trade_no: 'TEN-1' }),
  (told) => {
    assert.equal(told.refund_fee_0 ?? told.refund_fee, '40');
    return told.refund_status_0;
  },
);
await fails(
  'refund (more than was paid)',
  '/secapi/pay/refund',
  'ERROR',
  () => pay.refund({ ...refund, out_refund_no: 'R-2', refund_fee: 90 }),
  message,
);
await fails(
  'refund (no such order)',
  '/secapi/pay/refund',
  'ORDERNOTEXIST',
  () => pay.refund({ ...refund, out_trade_no: 'NONE', out_refund_no: 'R-3' }),
  message,
);
// The sandbox has a key of its own.
await ok(
  'getSignkey, then unifiedOrder',
  '/sandboxnew/pay/getsignkey',
  async () => {
    const { sandbox_signkey: key } = await pay.getSignkey();
    const sandbox = client({ partnerKey: key, sandbox: true });
    return sandbox.unifiedOrder(order('TEN-SANDBOX'));
  },
  (told) => told.prepay_id,
);
server.close();
