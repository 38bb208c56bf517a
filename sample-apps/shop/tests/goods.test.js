const { test, describe, expect, within } = require('wxsim')

describe('首页', () => {
  test('滚到底，再来一页', async ({ app, user, screen }) => {
    await app.launch()
    const before = app.data('goods').length
    await user.reachBottom()
    expect(app.data('goods').length).toBeGreaterThan(before)
    expect(screen).toShow('没有更多了')
  })

  test('没有网络：有了再试', async ({ app, user, world, screen }) => {
    await app.launch()
    await world.network('none')
    await user.reachBottom()
    expect(screen).toShow('网络不通，请检查后重试')
    await world.network('wifi')
    await user.tap('"重试"')
    expect(screen).toShow('没有更多了')
  })

  test('空的分类', async ({ app, user, screen }) => {
    await app.launch()
    await user.tap('"书"')
    expect(screen).toShow('这里还没有东西')
  })

  test('换了分类，来晚的回答不算', async ({ app, user, server, clock }) => {
    await app.launch()
    server.get('https://api.example/goods?category=tea&page=1', { delay: '3s', json: { list: [{ id: 1 }], more: false } })
    await user.tap('"茶叶"')
    await user.tap('"书"')
    await clock.advance('5s')
    expect(app).toHaveData({ category: 'books', goods: [] })
  })
})

describe('商品', () => {
  test('选了规格才能加入购物车', async ({ app, user, wx, screen }) => {
    await app.launch('pages/goods/goods?id=101')
    await user.tap('"加入购物车"')
    await user.tap('"确定"')
    expect(wx).toHaveCalled('showToast', { title: '请选择规格' })

    const sheet = within(screen.get('.sheet'))
    await user.tap(sheet.getByText('250 克'))
    await user.tap(sheet.getByText('礼盒'))
    await user.tap(sheet.getByText('确定'))
    expect(app.storage('cart')).toMatchObject([{ spec: '250 克 礼盒', count: 1 }])
  })

  test('已售罄', async ({ app, screen }) => {
    await app.launch('pages/goods/goods?id=103')
    expect(screen.getByRole('button', { name: '已售罄' }).isDisabled).toBe(true)
  })

  test('已下架', async ({ app, screen }) => {
    await app.launch('pages/goods/goods?id=999')
    expect(screen).toShow('商品已下架')
  })

  test('分享的卡片带着商品', async ({ app, user }) => {
    user.answers({ share: 'cancel' })
    await app.launch('pages/goods/goods?id=106')
    await user.share()
    expect(user).toHavePrompted('share', { text: 'pages/goods/goods?id=106' })
  })
})

describe('我的', () => {
  test('登录后查看订单', async ({ app, user, screen }) => {
    await app.launch('pages/me/me')
    await user.tap('"登录后查看订单"')
    expect(screen).toShow('S1001 待支付')
    await user.tap('"已取消"')
    expect(screen).toShow('S0007 已取消')
    expect(screen).not.toShow('S1001 待支付')
  })

  test('服务器忘了 token：重新登录', async ({ app, server, wx, screen }) => {
    await app.launch()
    await app.evaluate(() => wx.setStorageSync('token', 'old'))
    server.get('/orders', [{ status: 401 }, { json: { list: [] } }])
    await app.kill()
    await app.launch('pages/me/me')
    expect(wx).toHaveCalledTimes('login', 1)
    expect(screen).toShow('这里还没有东西')
  })
})
