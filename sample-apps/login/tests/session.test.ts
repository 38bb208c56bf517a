import { test, beforeEach, expect } from 'wxsim'

interface Login { code: string }

// A server as the documents want it: it exchanges the code and gives a token of its own.
beforeEach(({ server }) => {
  let logins = 0
  server.post('/login', ({ data }: { data: Login }) => {
    server.code2session(data.code)
    logins += 1
    return { json: { token: `token of login ${logins}` } }
  })
})

test('第一次启动：用 code 换取自己的 token', async ({ app, server, screen }) => {
  await app.launch()
  expect(server).toHaveRequested('POST', '/login', { code: expect.any(String) })
  expect(app.storage('token')).toMatch(/^token of /)
  expect(screen).toShow('已登录')
})

test('会话还有效：不再登录', async ({ app, wx, screen }) => {
  await app.launch()
  await app.kill()
  await app.launch()
  expect(wx.last('checkSession')).toSucceed()
  expect(wx).toHaveCalledTimes('login', 1)
  expect(screen).toShow('已登录')
})

test('会话过期：重新登录', async ({ app, wx, world, server, screen }) => {
  await app.launch()
  await world.session.expire()
  await app.kill()
  await app.launch()
  expect(wx.last('checkSession')).toFailWith(/^checkSession:fail/)
  expect(wx).toHaveCalledTimes('login', 2)
  expect(server.requests).toHaveLength(2)
  expect(screen).toShow('已登录')
})

test('一个 code 只能用一次，只有五分钟', async ({ app, server, wx, clock }) => {
  await app.launch()
  const { code } = wx.last('login').result
  expect(() => server.code2session(code)).toThrow('exchanged before')

  const fresh: string = await app.evaluate(() => wx.login().then((result: Login) => result.code))
  await clock.advance('6m')
  expect(() => server.code2session(fresh)).toThrow('too old')
})

test.each([
  ['服务器出错', { status: 500 }],
  ['网络超时', { fail: 'timeout' }],
  ['连不上服务器', { fail: 'refused' }],
])('登录失败：%s', async (_: string, reply: object, { app, server, screen }: any) => {
  server.post('/login', reply)
  await app.launch()
  expect(screen).toShow('登录失败')
  expect(app).not.toHaveStored('token')
})

test('登录失败后下拉重试', async ({ app, user, server, screen }) => {
  server.post('/login', [{ status: 500 }, { json: { token: 't1' } }])
  await app.launch()
  expect(screen).toShow('登录失败，下拉重试')
  await user.pullDown()
  expect(screen).toShow('已登录')
})

test('服务器忘了 token：再点一次就重新登录', async ({ app, user, server, wx, screen }) => {
  server.post('/phone', [{ status: 401 }, { json: {} }])
  user.answers({ phone: 'allow', privacy: 'agree' })
  await app.launch()
  await user.tap('#phone')
  expect(screen).toShow('绑定失败，请重试')
  expect(app).not.toHaveStored('token')
  await user.tap('#phone')
  expect(wx).toHaveCalledTimes('login', 2)
  expect(screen).toShow('已绑定')
})

test('没有网络时启动，有了网络再绑定手机号', async ({ app, user, server, world, screen }) => {
  server.post('/phone', { json: {} })
  await world.network('none')
  await app.launch()
  expect(screen).toShow('登录失败')

  await world.network('wifi')
  user.answers({ phone: 'allow', privacy: 'agree' })
  await user.tap('#phone')
  expect(app.storage('token')).toMatch(/^token of /)
  expect(screen).toShow('已绑定')
})
