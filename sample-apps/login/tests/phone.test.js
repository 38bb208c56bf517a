const { test, beforeEach, expect } = require('wxsim')

beforeEach(async ({ app, user, server }) => {
  server.post('/login', { json: { token: 't1' } })
  user.answers({ privacy: 'agree' })
  await app.launch()
})

test('绑定手机号：服务器拿到一次性的 code', async ({ user, server, screen }) => {
  const bound = server.post('/phone', { json: {} })
  user.answers({ phone: 'allow' })
  await user.tap(screen.getByText('绑定手机号'))
  expect(bound.calls[0]).toMatchObject({ data: { code: expect.any(String) }, header: { token: 't1' } })
  expect(screen).toShow('已绑定')
})

test('按钮的回调里不登录，解密用的 session_key 不变', async ({ user, server, wx }) => {
  server.post('/phone', { json: {} })
  user.answers({ phone: 'allow' })
  await user.tap('#phone')
  expect(wx).toHaveCalledTimes('login', 1)
})

test('拒绝绑定', async ({ user, server, screen }) => {
  user.answers({ phone: 'deny' })
  await user.tap('#phone')
  expect(user).toHavePrompted('phone')
  expect(server).not.toHaveRequested('POST', '/phone')
  expect(screen).toShow('没有绑定，也可以稍后再来')
})

test('拒绝之后可以再绑定', async ({ user, server, screen }) => {
  server.post('/phone', { json: {} })
  user.answers({ phone: ['deny', 'allow'] })
  await user.tap('#phone')
  await user.tap('#phone')
  expect(user).toHavePrompted('phone', { times: 2 })
  expect(screen).toShow('已绑定')
})

test('不理会弹窗，页面照旧', async ({ user, server, screen }) => {
  user.answers({ phone: 'ignore' })
  await user.tap('#phone')
  expect(server).not.toHaveRequested('POST', '/phone')
  expect(screen).toShow('已登录')
})

test('服务器没有绑定成功', async ({ user, server, screen }) => {
  server.post('/phone', [{ status: 500 }, { json: {} }])
  user.answers({ phone: 'allow' })
  await user.tap('#phone')
  expect(screen).toShow('绑定失败，请重试')
  await user.tap('#phone')
  expect(screen).toShow('已绑定')
})

test('选择头像', async ({ app, user }) => {
  user.answers({ avatar: 'choose' })
  await user.tap('#avatar')
  expect(app.data('avatar')).toMatch(/^(http|wxfile)/)
})

test('没有选头像', async ({ app, user }) => {
  // WeChat itself writes that to the console: a button has no other way to say it.
  app.allow('chooseAvatar:fail cancel')
  user.answers({ avatar: 'cancel' })
  await user.tap('#avatar')
  expect(app).toHaveData('avatar', '')
})
