const { test, describe, beforeEach, expect } = require('wxsim')

describe('定位', () => {
  beforeEach(async ({ app, user }) => {
    user.answers({ privacy: 'agree' })
    await app.launch()
  })

  test('允许后显示位置', async ({ app, user, screen, world }) => {
    user.answers({ 'scope.userLocation': 'allow' })
    await user.tap('#locate')
    expect(user).toHavePrompted('scope.userLocation')
    expect(world).toHavePermission('scope.userLocation')
    expect(screen).toShow(/^\d+\.\d{4}, \d+\.\d{4}$/)
    expect(app).toHaveData('status', '')
  })

  test('拒绝并留在页面', async ({ user, screen, wx }) => {
    user.answers({ 'scope.userLocation': 'deny', modal: 'cancel' })
    await user.tap('#locate')
    expect(wx.last('authorize')).toFailWith('authDeny')
    expect(wx).not.toHaveCalled('getLocation')
    expect(screen).toShow('未授权')
  })

  test('拒绝后去设置打开', async ({ app, user, wx, world }) => {
    user.answers({ 'scope.userLocation': 'deny', modal: 'confirm', settings: { 'scope.userLocation': true } })
    await user.tap('#locate')
    expect(world).toHavePermission('scope.userLocation')
    expect(wx.last('getLocation')).toSucceed()
    expect(app.data('place')).toMatch(/^-?\d+\.\d{4}, -?\d+\.\d{4}$/)
  })

  test('去了设置又不打开', async ({ user, screen, world }) => {
    user.answers({ 'scope.userLocation': 'deny', modal: 'confirm', settings: {} })
    await user.tap('#locate')
    expect(world).toHavePermission('scope.userLocation', false)
    expect(screen).toShow('未授权')
  })

  test('拒绝过一次，再点不再询问，只提示去设置', async ({ user }) => {
    user.answers({ 'scope.userLocation': 'deny', modal: 'cancel' })
    await user.tap('#locate')
    await user.tap('#locate')
    expect(user).toHavePrompted('scope.userLocation', { times: 1 })
    expect(user).toHavePrompted('modal', { text: '需要位置权限', times: 2 })
  })

  test('没有回答时停在“登录中”', async ({ user, screen }) => {
    user.answers({ 'scope.userLocation': 'ignore' })
    await user.tap('#locate')
    expect(screen).toShow('登录中…')
    expect(screen).toShow('还不知道你在哪里')
  })

  test('手机没有让微信定位', async ({ user, screen, world, wx }) => {
    await world.system('location', 'denied')
    user.answers({ modal: 'cancel' })
    await user.tap('#locate')
    expect(wx.last('authorize')).toFailWith('system permission denied')
    expect(user).not.toHavePrompted('scope.userLocation')
    expect(screen).toShow('未授权')
  })

  test('定位失败', async ({ user, screen, wx }) => {
    wx.fail('getLocation', 'getLocation:fail timeout')
    user.answers({ 'scope.userLocation': 'allow' })
    await user.tap('#locate')
    expect(screen).toShow('定位失败，请重试')
  })

  test('登录失败', async ({ user, screen, wx }) => {
    wx.fail('login', 'login:fail')
    await user.tap('#locate')
    expect(screen).toShow('登录失败，请重试')
    expect(user).toHaveNoPrompts()
  })
})
