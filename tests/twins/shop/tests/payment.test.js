const { test, beforeEach, expect } = require('wxsim')

beforeEach(async ({ app, server }) => {
  server.post('/pay', { json: { $pay: { total: 100, out_trade_no: 'S1' } } })
  await app.launch()
})

test('支付', async ({ user, server, screen }) => {
  user.answers({ pay: 'pay' })
  await user.tap('"微信支付"')
  expect(server.pay.order('S1')).toBePaid()
  expect(screen).toShow('已支付')
})

test('付了款，回调没有来：再打开时是已支付', async ({ app, user, server, screen }) => {
  user.answers({ pay: 'lostCallback' })
  await user.tap('"微信支付"')
  expect(server.pay.order('S1')).toBePaid()
  await app.kill()
  await app.launch()
  expect(screen).toShow('已支付')
})

test('取消：不说已支付', async ({ user, server, screen }) => {
  user.answers({ pay: 'cancel' })
  await user.tap('"微信支付"')
  expect(server.pay.order('S1')).not.toBePaid()
  expect(screen).not.toShow('已支付')
})
