const { test, expect } = require('wxsim')

test('绑定手机号：服务器收到加密的数据', async ({ app, user, server }) => {
  let key = ''
  server.post('/phone', ({ data }) => {
    key = server.code2session(data.code).session_key
    return { json: {} }
  })
  user.answers({ privacy: 'agree', phone: 'allow' })
  await app.launch()
  await user.tap('"绑定手机号"')
  const [{ data }] = server.requests
  expect(data.encryptedData).toEqual(expect.any(String))
  expect(key).not.toBe('')
})

test('按钮的回调里不登录', async ({ app, user, server, wx }) => {
  server.post('/phone', { json: {} })
  user.answers({ privacy: 'agree', phone: 'allow' })
  await app.launch()
  await user.tap('"绑定手机号"')
  expect(wx).toHaveCalledTimes('login', 1)
})

test('拒绝绑定：不发请求', async ({ app, user, server }) => {
  user.answers({ privacy: 'agree', phone: 'deny' })
  await app.launch()
  await user.tap('"绑定手机号"')
  expect(server).not.toHaveRequested('POST', '/phone')
})
