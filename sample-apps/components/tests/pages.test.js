const { test, describe, beforeEach, expect } = require('wxsim')

test('从目录到每一页', async ({ app, screen, user }) => {
  await app.launch()
  const titles = screen.queryAll('.row').map(({ text }) => text)
  expect(titles).toHaveLength(14)
  for (const title of titles) {
    await user.tap(`"${title}"`)
    expect(app.pages).toHaveLength(2)
    await user.back()
  }
  expect(app).toHaveNoErrors()
})

test('关系：最多打开一个', async ({ app, user, screen }) => {
  await app.launch('pages/relations/relations')
  await user.tap('"怎样退货 ＋"')
  await user.tap('"怎样开发票 ＋"')
  expect(screen).toShow('在订单详情里填写抬头')
  expect(screen).not.toShow('七天内在订单里申请')
})

test.each([
  ['普通', []],
  ['冒泡', ['panel hears']],
  ['穿越', ['capture pick', 'panel hears', 'page hears', 'page hears']],
])('事件：%s', async (button, heard, { app, user }) => {
  await app.launch('pages/events/events')
  await user.tap(`"${button}"`)
  expect(app.console.map(({ text }) => text.split(' ').slice(0, 2).join(' '))).toEqual(heard)
})

test('双向绑定', async ({ app, user, screen }) => {
  await app.launch('pages/model/model')
  await user.input('#nickname', '阿杰')
  expect(screen).toShow('你好，阿杰')
  await user.tap('role=switch')
  expect(app).toHaveData({ nickname: '阿杰', agreed: true })
})

test('用 Component 构造的页面：参数就是属性', async ({ app, user, screen }) => {
  await app.launch('pages/detail/detail?id=7')
  expect(screen.get('#title').text).toBe('第 7 号，直接打开')
  await user.tap('"下一号"')
  expect(screen.get('#title').text).toBe('第 8 号，next')
})

describe('表单', () => {
  beforeEach(({ app }) => app.launch('pages/form/form'))

  test.each([
    ['', '13800138000', '请填写姓名'],
    ['小明', '138', '手机号不正确'],
    ['小明', '13800138000', '请先同意条款'],
  ])('姓名“%s”、手机“%s”：%s', async (name, phone, error, { user, screen }) => {
    await user.input('name=name', name)
    await user.input('name=phone', phone)
    await user.tap('"提交"')
    expect(screen.get('.error').text).toBe(error)
  })

  test('填好，提交', async ({ user, app }) => {
    await user.input('name=name', '小明')
    await user.input('name=phone', '13800138000')
    await user.choose('name=size', '大')
    await user.tap('"同意条款"')
    await user.tap('"提交"')
    expect(JSON.parse(app.data('sent'))).toMatchObject({ name: '小明', way: 'send', size: 2, stars: 3, agree: ['terms'] })
  })

  test('重置', async ({ user, app, screen }) => {
    await user.input('name=name', '小明')
    await user.tap('"重置"')
    expect(screen.get('input').value).toBe('')
    expect(app).toHaveData({ size: 1, sent: '' })
  })
})
