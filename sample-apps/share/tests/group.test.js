// Three users and a group: they are in wxsim.toml.
const { test, describe, expect } = require('wxsim')

test('转发到群，群里的人打开：服务器认出是哪个群', async ({ app, user, sim, server, screen }) => {
  let key = ''
  let group = ''
  server.post('/login', ({ data }) => {
    key = server.code2session(data.code).session_key
    return { json: { token: 't1' } }
  })
  server.post('/events/7/group', ({ data }) => {
    group = server.decrypt(data, key).openGId
    return { json: { joined: ['林小满', '老王'] } }
  })
  await app.launch()
  await user.share('tea')
  await sim.user('jie')
  await user.openCard()
  expect(app).toBeOnPage('pages/event/event', { id: '7' })
  expect(group).toEqual(expect.any(String))
  expect(screen).toShow('本群已有 2 人参加')
})

test('参加', async ({ app, user, sim, server, screen }) => {
  await app.launch()
  await user.share('tea')
  await sim.user('jie')
  await user.openCard()
  await user.tap('"参加"')
  expect(server).toHaveRequested('POST', '/events/7/join', { scene: 1044 })
  expect(screen).toShow('阿杰')
})

test('服务器的密钥旧了：重新登录，只再试一次', async ({ app, user, sim, server, wx, screen }) => {
  await app.launch()
  await user.share('tea')
  await sim.user('jie')
  server.post('/events/7/group', [{ status: 409 }, { json: { joined: ['林小满'] } }])
  await user.openCard()
  expect(wx).toHaveCalledTimes('login', 2)
  expect(screen).toShow('本群已有 1 人参加')
})

test('发给一个人：没有群，请他转发到群里', async ({ app, user, sim, wx, screen }) => {
  await app.launch()
  await user.share('zhou')
  await sim.user('zhou')
  await user.openCard()
  expect(wx).not.toHaveCalled('getShareInfo')
  expect(screen).toShow('转发到群里，大家一起拼')
})

test('按钮的卡片有自己的标题', async ({ app, user }) => {
  user.answers({ share: { to: 'tea' } })
  await app.launch()
  await user.tap('"转发到群"')
  expect(user).toHavePrompted('share', { text: '一起拼：明前龙井' })
})

test('点了转发又取消', async ({ app, user, screen }) => {
  user.answers({ share: 'cancel' })
  await app.launch()
  await user.tap('"转发到群"')
  expect(user).toHavePrompted('share')
  expect(app).toHaveNoErrors()
  expect(screen).toShow('明前龙井')
})

test('朋友圈里只能看：不登录，没有按钮', async ({ app, user, sim, wx, screen }) => {
  await app.launch()
  await user.shareTimeline()
  await sim.user('jie')
  await user.openCard()
  expect(wx).not.toHaveCalled('login')
  expect(screen).toShow('前往小程序后可以参加')
  expect(screen.query('#join')).toBeNull()
})

describe('网络不好', () => {
  test('读不到，点一下重试', async ({ app, user, world, screen }) => {
    await world.network('none')
    await app.launch()
    expect(screen).toShow('暂时读不到，点此重试')
    await world.network('wifi')
    await user.tap('#notice')
    expect(screen).toShow('明前龙井')
    expect(screen).not.toShow('暂时读不到')
  })

  test('没有参加成功', async ({ app, user, server, screen }) => {
    server.post('/events/7/join', { status: 500 })
    await app.launch()
    await user.tap('#join')
    expect(screen).toShow('没有参加成功，点此重试')
  })
})
