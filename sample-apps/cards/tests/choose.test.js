const { test, beforeEach, expect } = require('wxsim')

beforeEach(async ({ app, user }) => {
  user.answers({ privacy: 'agree' })
  await app.launch()
})

test('选择收货地址', async ({ user, screen }) => {
  user.answers({ address: { userName: '林小满', telNumber: '13800138000', detailInfo: '体育西路一百号' } })
  await user.tap('#address')
  expect(screen).toShow('林小满 13800138000')
  expect(screen).toShow(/体育西路一百号/)
})

test('关闭地址页不是错误', async ({ app, user, wx, screen }) => {
  user.answers({ address: 'cancel' })
  await user.tap('#address')
  expect(wx.last('chooseAddress')).toFailWith('chooseAddress:fail cancel')
  expect(screen).toShow('选择收货地址')
  expect(app).toHaveData({ status: '', busy: false })
})

test('不同意隐私保护指引', async ({ user, screen }) => {
  user.answers({ privacy: 'refuse' })
  await user.tap('#address')
  expect(screen).toShow('需要同意隐私保护指引')
})

test('选择发票抬头', async ({ user, screen }) => {
  user.answers({ invoiceTitle: 'choose' })
  await user.tap('#invoice')
  expect(screen).toShow(/^(单位|个人)发票：/)
})

test('关闭抬头页不是错误', async ({ app, user, screen }) => {
  user.answers({ invoiceTitle: 'cancel' })
  await user.tap('#invoice')
  expect(screen).toShow('选择发票抬头')
  expect(app).toHaveData('status', '')
})
