// The same three taps by users of different temper, today and in June 2018.
const { test, describe, expect } = require('wxsim')

const BUTTONS = ['#locate', '#authorize', '#contact']

describe('什么都允许的人', () => {
  test.use({ persona: 'allow-all' })

  test('三样都能用', async ({ app, user, world }) => {
    await app.launch()
    for (const button of BUTTONS) await user.tap(button)
    expect(world.permissions).toMatchObject({ 'scope.userLocation': true, 'scope.record': true })
  })
})

describe('什么都拒绝的人', () => {
  test.use({ persona: 'deny-all' })

  test('每次都有下一步', async ({ app, user, screen }) => {
    await app.launch()
    const shown = []
    for (const button of BUTTONS) {
      await user.tap(button)
      shown.push(screen.get('.status').text)
    }
    expect(shown).toEqual(['没有位置权限，显示全部门店', '不能录音，请输入文字', '没有保存'])
  })
})

describe('先拒绝、再去设置打开的人', () => {
  test.use({ persona: 'deny-then-settings' })

  test('最后有权限', async ({ app, user, world }) => {
    await app.launch()
    await user.tap('#locate')
    expect(user).toHavePrompted('settings')
    expect(world).toHavePermission('scope.userLocation')
  })
})

describe('2018 年 6 月，还没有隐私保护指引', () => {
  test.use({ compatDate: '2018-06-04', persona: 'allow-all' })

  test('只问位置', async ({ app, user }) => {
    await app.launch()
    await user.tap('#locate')
    expect(user).toHavePrompted('scope.userLocation')
    expect(user).not.toHavePrompted('privacy')
  })
})
