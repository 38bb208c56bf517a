const { test, describe, beforeEach, expect } = require('wxsim')

beforeEach(({ app }) => app.launch())

describe.each([
  ['语音留言', 'scope.record', '正在录音', '不能录音，请输入文字'],
  ['保存门店电话', 'scope.addPhoneContact', '已保存', '没有保存'],
])('%s', (button, scope, good, bad) => {
  beforeEach(({ user }) => user.answers({ privacy: 'agree', contact: 'ok' }))

  test('允许', async ({ user, screen }) => {
    user.answers({ [scope]: 'allow' })
    await user.tap(screen.getByRole('button', { name: button }))
    expect(screen).toShow(good)
  })

  test('拒绝', async ({ user, screen }) => {
    user.answers({ [scope]: 'deny', modal: 'cancel' })
    await user.tap(screen.getByRole('button', { name: button }))
    expect(screen).toShow(bad)
  })

  test('拒绝后在设置里打开', async ({ user, screen }) => {
    user.answers({ [scope]: 'deny', modal: 'confirm', settings: { [scope]: true } })
    await user.tap(screen.getByRole('button', { name: button }))
    expect(screen).toShow(good)
  })
})

describe('录音', () => {
  beforeEach(({ user }) => user.answers({ 'scope.record': 'allow', privacy: 'agree' }))

  test('再点一次结束', async ({ user, wx, screen }) => {
    await user.tap('#authorize')
    await user.tap('#authorize')
    expect(screen).toShow('录好了')
    expect(wx).toHaveCalledTimes('authorize', 1)
  })

  test('最多一分钟，然后可以再录', async ({ user, screen, clock }) => {
    await user.tap('#authorize')
    await clock.advance('1m')
    expect(screen).toShow('录好了')
    await user.tap('#authorize')
    expect(screen).toShow('正在录音')
  })
})
