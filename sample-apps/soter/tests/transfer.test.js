const { test, describe, beforeEach, expect } = require('wxsim')

async function typePassword(user, password) {
  await user.input('name=password', password)
  await user.tap('"用密码确认"')
}

beforeEach(({ app }) => app.launch())

test('认出指纹：服务器收到签名', async ({ user, server, wx, screen }) => {
  const confirmed = server.post('/transfers/confirm', { json: { balance: 380000 } })
  user.answers({ soter: 'recognised' })
  await user.tap('"确认转账"')
  expect(wx).toHaveCalled('startSoterAuthentication', { authContent: '向李雷转账 200.00 元' })
  const [{ data }] = confirmed.calls
  expect(JSON.parse(data.resultJSON)).toMatchObject({ raw: 'transfer-1001' })
  expect(data.resultJSONSignature).toEqual(expect.any(String))
  expect(screen).toShow('转账成功，余额 3800.00 元')
})

test('服务器不信：不能说转账成功', async ({ user, server, screen }) => {
  server.post('/transfers/confirm', { status: 403, json: { message: '验证没有通过' } })
  user.answers({ soter: 'recognised' })
  await user.tap('"确认转账"')
  expect(screen).toShow('验证没有通过')
})

test('取消指纹，改用密码', async ({ user, server, screen }) => {
  user.answers({ soter: 'cancel' })
  await user.tap('"确认转账"')
  expect(screen).toShow('已取消，请输入支付密码')
  await typePassword(user, '246810')
  expect(server).toHaveRequested('POST', '/transfers/confirm', { challenge: 'transfer-1001', password: '246810' })
  expect(screen).toShow(/^转账成功/)
})

test('密码不是 6 位数字', async ({ user, server, screen }) => {
  user.answers({ soter: 'cancel' })
  await user.tap('"确认转账"')
  await typePassword(user, '123')
  expect(screen).toShow('支付密码是 6 位数字')
  expect(server).not.toHaveRequested('POST', '/transfers/confirm')
})

test('一直不碰指纹：按钮不能再点', async ({ user, screen }) => {
  user.answers({ soter: 'ignore' })
  await user.tap('"确认转账"')
  expect(screen.getByRole('button', { name: '确认转账' }).isDisabled).toBe(true)
})

test.each([
  ['没有录指纹', '{"enrolled":[]}'],
  ['没有传感器', '{"supported":[]}'],
])('%s：直接输密码', async (name, biometrics, { user, sim, screen }) => {
  await sim.step(`biometrics ${biometrics}`)
  await user.tap('"确认转账"')
  expect(user).toHaveNoPrompts()
  expect(screen).toShow('请输入支付密码')
  await typePassword(user, '246810')
  expect(screen).toShow(/^转账成功/)
})

test('用面容', async ({ user, sim, wx }) => {
  user.answers({ soter: 'recognised' })
  await sim.step('biometrics {"supported":["fingerPrint","facial"],"enrolled":["facial"]}')
  await user.tap('"确认转账"')
  expect(wx).toHaveCalled('startSoterAuthentication', { requestAuthModes: ['facial'] })
})

test.each([
  ['没有网络', { fail: 'timeout' }, '网络不通，请检查后重试'],
  ['服务器出错', { status: 502 }, '服务器开小差了，请稍后再试'],
])('%s', async (name, reply, words, { user, server, screen }) => {
  server.post('/transfers', reply)
  await user.tap('"确认转账"')
  expect(user).toHaveNoPrompts()
  expect(screen).toShow(words)
})

describe('安卓', () => {
  test.use({ platform: 'android' })

  test('试了太多次，指纹冻结，密码照样能用', async ({ user, screen }) => {
    user.answers({ soter: 'unrecognised' })
    await user.tap('"确认转账"')
    expect(screen).toShow('验证次数过多，请输入支付密码')
    await typePassword(user, '246810')
    expect(screen).toShow(/^转账成功/)
  })
})
