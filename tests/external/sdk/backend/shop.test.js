// The shop's own pages against its real back end (server.mjs): every request of the program reaches it, its SDKs
// reach WeChat's interfaces of this test's world, and the payment is told to it.
const { test, expect } = require('wxsim')

const open = async (server, { appid, merchant, secret } = server.credentials, more = {}) => {
  const env = {
    WECHAT_API: server.url,
    WECHAT_PAY: server.url,
    APPID: appid,
    SECRET: secret,
    MCH_ID: merchant.mch_id,
    MCH_KEY: merchant.key,
    ...more,
  }
  const backend = await test.process('node', ['backend/server.mjs'], { env, ready: 'listening' })
  const [, port] = /listening (\d+)/.exec(backend.output)
  const forward = `http://127.0.0.1:${port}`
  for (const path of ['/login', '/orders', '/orders/*']) server.route('*', `https://api.example${path}`, { forward })
  return backend
}
const state = (screen) => screen.get('#state').text

test('登录、下单、付款、通知', async ({ app, user, server, wx, screen }) => {
  await open(server)
  user.answers({ pay: 'pay' })
  await app.launch('pages/order/order?id=S1001')
  expect(state(screen)).toBe('订单已提交，等待支付')
  await user.tap('"微信支付"')
  expect(user).toHavePrompted('pay', { text: '580.00' })
  expect(wx.last('requestPayment')).toSucceed()
  expect(server.pay.order('S1001')).toBePaid()
  await expect.poll(() => state(screen)).toBe('已支付')
})

test('取消后还能再付', async ({ app, user, server, screen }) => {
  await open(server)
  user.answers({ pay: ['cancel', 'pay'] })
  await app.launch('pages/order/order?id=S1001')
  await user.tap('"微信支付"')
  expect(state(screen)).toBe('订单已提交，等待支付')
  await user.tap('"微信支付"')
  await expect.poll(() => state(screen)).toBe('已支付')
})

test('付了款，回调却没有来：通知来了', async ({ app, user, server, screen }) => {
  await open(server)
  user.answers({ pay: 'lostCallback' })
  await app.launch('pages/order/order?id=S1001')
  await user.tap('"微信支付"')
  expect(server.pay.order('S1001')).toBePaid()
  await app.kill()
  await app.launch('pages/order/order?id=S1001')
  expect(state(screen)).toBe('已支付')
})

test('商户密钥错了：收银台不打开', async ({ app, user, server, wx, screen }) => {
  await open(server, undefined, { MCH_KEY: 'f'.repeat(32) })
  await app.launch('pages/order/order?id=S1001')
  await user.tap('"微信支付"')
  expect(wx).toHaveCalled('showToast', { title: '签名错误' })
  expect(user).not.toHavePrompted('pay')
  expect(state(screen)).toBe('订单已提交，等待支付')
})
