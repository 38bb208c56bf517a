const { test, describe, expect } = require('wxsim')

const LOCATION = 'scope.userLocation'

test('打开页面时什么都不问', async ({ app, user }) => {
  user.answers({ 'scope.record': 'allow', privacy: 'agree' })
  await app.launch()
  expect(user).toHaveNoPrompts()
})

test('一打开就问，没有人回答', ({ app }) => app.launch())

test('录音被拒绝，也能用', async ({ app, user }) => {
  user.answers({ 'scope.record': 'deny' })
  await app.launch()
})

test('附近的门店：要先声明接口', async ({ app, user }) => {
  user.answers({ 'scope.record': 'allow', [LOCATION]: 'allow', privacy: 'agree' })
  await app.launch()
  await user.tap('"附近的门店"')
})

describe('2018 年 6 月', () => {
  test.use({ compatDate: '2018-06-04' })

  test('允许：能用', async ({ app, user }) => {
    user.answers({ 'scope.record': 'allow', [LOCATION]: 'allow', settings: {} })
    await app.launch()
    await user.tap('"附近的门店"')
    expect(app.data('place')).toMatchObject({ latitude: expect.any(Number) })
  })

  test('拒绝：还有别的办法', async ({ app, user }) => {
    user.answers({ 'scope.record': 'allow', [LOCATION]: 'deny', settings: {} })
    await app.launch()
    await user.tap('"附近的门店"')
  })
})

test('设置页要由点击打开', async ({ app, user, clock }) => {
  user.answers({ 'scope.record': 'allow', [LOCATION]: 'allow', privacy: 'agree', settings: {} })
  app.allow(/latitude/)
  await app.launch()
  await user.tap('"附近的门店"')
  await clock.advance('1s')
})
