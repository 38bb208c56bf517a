const { test, beforeEach, expect } = require('wxsim')

beforeEach(({ app }) => app.launch())

test('领券：服务器签名，领到后由服务器解密', async ({ app, user, server, screen }) => {
  user.answers({ card: 'ok' })
  await user.tap('#take')
  expect(server).toHaveRequested('POST', '/cards/code', { cardId: 'pTeaCoupon', encryptCode: expect.any(String) })
  expect(app).toHaveStored('coupon', { cardId: 'pTeaCoupon', code: expect.stringMatching(/^\d+$/) })
  expect(screen).toShow('领取成功')
})

test('领到的券可以查看，下次启动也在', async ({ app, user, wx, screen }) => {
  user.answers({ card: 'ok' })
  await user.tap('#take')
  await app.kill()
  await app.launch()
  await user.tap(screen.getByText('查看优惠券'))
  expect(wx.last('openCard')).toSucceed()
})

test('第一次关闭，第二次领取，签名各用一次', async ({ user, server, screen }) => {
  user.answers({ card: ['cancel', 'ok'] })
  await user.tap('#take')
  expect(screen).toShow('领取优惠券')
  await user.tap('#take')
  expect(screen).toShow('查看优惠券')
  expect(server.requests.filter(({ url }) => url.endsWith('/cards/sign'))).toHaveLength(2)
})

test.each([
  ['服务器出错', { status: 500 }, '服务器开小差了'],
  ['没有网络', { fail: 'timeout' }, '网络不可用'],
])('%s：按钮还在，可以再领', async (name, reply, words, { user, server, screen }) => {
  server.post('/cards/sign', reply)
  await user.tap('#take')
  expect(user).toHaveNoPrompts()
  expect(screen).toShow(words)
  expect(screen.get('#take').isDisabled).toBe(false)
})

test('每人一张：缓存没了也不能再领', async ({ app, user, screen }) => {
  user.answers({ card: 'ok' })
  await user.tap('#take')
  await app.evaluate(() => wx.clearStorageSync())
  await app.kill()
  await app.launch()
  await user.tap('#take')
  expect(screen).toShow('您已领过这张券')
})

test('页面一直开着：按钮不能再点', async ({ user, screen }) => {
  user.answers({ card: 'ignore' })
  await user.tap('#take')
  expect(screen.get('#take').isDisabled).toBe(true)
})
