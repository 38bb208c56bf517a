const { test, describe, beforeAll, beforeEach, expect } = require('wxsim')

// Once for the file: each test goes on from a copy of this state, with one cup in the cart.
beforeAll(async ({ app, user }) => {
  await app.launch('pages/goods/goods?id=106')
  await user.tap('"加入购物车"')
  await user.tap('"确定"')
  await user.tap('"购物车"')
})

async function fillIn(user) {
  await user.input('name=name', '林小满')
  await user.input('name=phone', '13800138000')
  await user.choose('name=region', ['广东省', '广州市', '天河区'])
  await user.input('name=street', '体育西路一百号')
  await user.tap('"保存"')
}

test('购物车里有一件', ({ app, screen }) => {
  expect(app).toBeOnPage('pages/cart/cart')
  expect(screen.get('#total').text).toBe('合计 ¥42.00')
})

test('结算前登录，只登录一次', async ({ app, user, wx }) => {
  await user.tap('"结算"')
  expect(app).toBeOnPage('pages/checkout/checkout')
  await user.back()
  await user.tap('"结算"')
  expect(wx).toHaveCalledTimes('login', 1)
})

test('登录失败：留在购物车', async ({ app, user, server, wx }) => {
  server.post('/login', { status: 500 })
  await user.tap('"结算"')
  expect(app).toBeOnPage('pages/cart/cart')
  expect(wx).toHaveCalled('showToast', { title: '服务器开小差了，请稍后再试' })
})

test.each([['confirm', 0], ['cancel', 1]])('长按删除：%s', async (answer, left, { app, user }) => {
  user.answers({ modal: answer })
  await user.longpress('.line')
  expect(app.data('lines')).toHaveLength(left)
})

test('没有勾选，不能结算', async ({ app, user, wx }) => {
  await user.tap('role=checkbox')
  await user.tap('"结算"')
  expect(wx).toHaveCalled('showToast', { title: '请选择商品' })
  expect(app).toBeOnPage('pages/cart/cart')
})

describe('填写地址', () => {
  beforeEach(async ({ user }) => {
    await user.tap('"结算"')
    await user.tap('"填写收货地址"')
  })

  test('每一栏都检查', async ({ user, screen }) => {
    await user.tap('"保存"')
    expect(screen.queryAll('.error').map(({ text }) => text)).toEqual([
      '请填写收货人', '手机号不正确', '请选择地区', '详细地址太短',
    ])
  })

  test('填好以后回到结算页', async ({ app, user, screen }) => {
    await fillIn(user)
    expect(app).toBeOnPage('pages/checkout/checkout')
    expect(screen).toShow('林小满 13800138000')
  })

  test('在地图上选择', async ({ app, user }) => {
    user.answers({ privacy: 'agree', location: 'choose' })
    await user.tap('"在地图上选择"')
    expect(app.data('address.street')).not.toBe('')
  })

  test('不选了：手动填写', async ({ app, user, wx }) => {
    user.answers({ privacy: 'agree', location: 'cancel' })
    await user.tap('"在地图上选择"')
    expect(wx).not.toHaveCalled('showToast', { icon: 'none' })
    expect(app).toBeOnPage('pages/address/address')
  })

  test('不同意隐私保护指引：手动填写', async ({ user, wx }) => {
    user.answers({ privacy: 'refuse' })
    await user.tap('"在地图上选择"')
    expect(wx).toHaveCalled('showToast', { title: '不能打开地图，请手动填写' })
  })
})

describe('提交订单', () => {
  beforeEach(async ({ user }) => {
    await user.tap('"结算"')
    await user.tap('"填写收货地址"')
    await fillIn(user)
  })

  test('下单后清空购物车', async ({ app, user, server }) => {
    await user.tap('"提交订单"')
    expect(server).toHaveRequested('POST', '/orders', { items: [{ sku: '106-a', count: 1 }] })
    expect(app).toBeOnPage('pages/order/order', { id: 'S1001' })
    expect(app).toHaveStored('cart', [])
  })

  test('被别人买走了', async ({ app, user, server }) => {
    server.post('/orders', { status: 409, json: { code: 'sold-out', message: '公道杯已售罄' } })
    user.answers({ modal: 'confirm' })
    await user.tap('"提交订单"')
    expect(user).toHavePrompted('modal', { text: '公道杯已售罄' })
    expect(app).toBeOnPage('pages/cart/cart')
    expect(app.storage('cart')).toHaveLength(1)
  })

  test('token 过期：重新登录，再提交一次', async ({ app, user, server, wx }) => {
    server.post('/orders', [{ status: 401 }, { status: 201, json: { id: 'S1001' } }])
    await user.tap('"提交订单"')
    expect(wx).toHaveCalledTimes('login', 2)
    expect(app).toBeOnPage('pages/order/order')
  })

  test('没有网络：可以再提交', async ({ app, user, world, wx, screen }) => {
    await world.network('none')
    await user.tap('"提交订单"')
    expect(wx).toHaveCalled('showToast', { title: '网络不通，请检查后重试' })
    expect(app).toBeOnPage('pages/checkout/checkout')
    expect(screen.getByRole('button', { name: '提交订单' }).isDisabled).toBe(false)
  })
})
