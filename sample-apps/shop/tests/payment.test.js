// The order S1001 is paid at the cashier. What the phone says is no proof: the page asks the server.
const { test, describe, beforeEach, expect } = require('wxsim')

const state = (screen) => screen.get('#state').text

beforeEach(({ app }) => app.launch('pages/order/order?id=S1001'))

test('支付', async ({ user, server, wx, screen }) => {
  user.answers({ pay: 'pay' })
  await user.tap('"微信支付"')
  expect(user).toHavePrompted('pay', { text: '580.00' })
  expect(wx.last('requestPayment')).toSucceed()
  expect(server.pay.order('S1001')).toBePaid()
  expect(state(screen)).toBe('已支付')
})

test('取消后还能再付', async ({ user, server, screen }) => {
  user.answers({ pay: ['cancel', 'pay'] })
  await user.tap('"微信支付"')
  expect(state(screen)).toBe('订单已提交，等待支付')
  await user.tap('"微信支付"')
  expect(state(screen)).toBe('已支付')
  expect(server.pay.orders).toHaveLength(1)
})

test.each([
  ['取消', 'cancel', '已取消支付'],
  ['余额不足', 'notEnough', '支付未完成，请重试'],
  ['支付超时', 'timeout', '支付未完成，请重试'],
])('%s：没有付款，说明原因', async (name, answer, words, { user, server, wx, screen }) => {
  user.answers({ pay: answer })
  await user.tap('"微信支付"')
  expect(server.pay.order('S1001')).not.toBePaid()
  expect(wx).toHaveCalled('showToast', { title: words })
  expect(state(screen)).toBe('订单已提交，等待支付')
})

test('付了款，回调却没有来：再打开时是已支付', async ({ app, user, server, screen }) => {
  user.answers({ pay: 'lostCallback' })
  await user.tap('"微信支付"')
  expect(server.pay.order('S1001')).toBePaid()
  expect(state(screen)).toBe('订单已提交，等待支付')
  await app.kill()
  await app.launch('pages/order/order?id=S1001')
  expect(state(screen)).toBe('已支付')
})

test('付了款，回调却没有来：不再等待，问服务器', async ({ user, server, clock, screen }) => {
  user.answers({ pay: 'lostCallback' })
  await user.tap('"微信支付"')
  expect(server.pay.order('S1001')).toBePaid()
  await clock.advance('3s')
  expect(state(screen)).toBe('已支付')
})

test('停在收银台：按钮不能再点', async ({ user, screen }) => {
  user.answers({ pay: 'ignore' })
  await user.tap('"微信支付"')
  expect(screen.getByRole('button', { name: '微信支付' }).isDisabled).toBe(true)
})

test('服务器问不到时，按钮也能再点', async ({ user, world, clock, screen }) => {
  user.answers({ pay: 'lostCallback' })
  await user.tap('"微信支付"')
  await world.network('none')
  await clock.advance('3s')
  expect(screen).toShow('网络不通，请检查后重试')
  expect(screen.getByRole('button', { name: '微信支付' }).isDisabled).toBe(false)
})

test('服务器晚一点才知道：三次之内问到', async ({ user, server, screen }) => {
  const unpaid = { id: 'S1001', state: 'unpaid', total: 58000 }
  const asked = server.get('/orders/S1001', [{ json: unpaid }, { json: unpaid }, { json: { ...unpaid, state: 'paid' } }])
  user.answers({ pay: 'pay' })
  await user.tap('"微信支付"')
  await expect.poll(() => state(screen)).toBe('已支付')
  expect(asked.calls).toHaveLength(3)
})

test('服务器一直不知道：不说已支付', async ({ user, server, wx, clock, screen }) => {
  server.get('/orders/S1001', { json: { id: 'S1001', state: 'unpaid', total: 58000 } })
  user.answers({ pay: 'pay' })
  await user.tap('"微信支付"')
  await clock.advance('10s')
  expect(state(screen)).toBe('订单已提交，等待支付')
  expect(wx).toHaveCalled('showToast', { title: '支付结果确认中，请稍后查看' })
})

test('没有网络：收银台不打开', async ({ user, wx, world }) => {
  await world.network('none')
  await user.tap('"微信支付"')
  expect(wx).not.toHaveCalled('requestPayment')
  expect(wx).toHaveCalled('showToast', { title: '网络不通，请检查后重试' })
})

test('微信登录失败：说明原因，可以重试', async ({ app, user, wx, screen }) => {
  wx.fail('login', 'login:fail', { times: 1 })
  await app.evaluate(() => wx.removeStorageSync('token'))
  await app.kill()
  await app.launch('pages/order/order?id=S1001')
  expect(screen).toShow('登录失败，请重试')
  await user.tap('"重试"')
  expect(state(screen)).toBe('订单已提交，等待支付')
})

describe('取消订单', () => {
  test.each([
    ['confirm', '订单已取消'],
    ['cancel', '订单已提交，等待支付'],
  ])('%s', async (answer, words, { user, screen }) => {
    user.answers({ modal: answer })
    await user.tap('"取消订单"')
    expect(user).toHavePrompted('modal', { text: '取消订单？' })
    expect(state(screen)).toBe(words)
  })
})
