const { test, beforeEach, expect } = require('wxsim')

const LOCATION = 'scope.userLocation'

beforeEach(({ app }) => app.launch())

test('打开页面时什么都不问', ({ user }) => {
  expect(user).toHaveNoPrompts()
})

test('允许', async ({ user, screen }) => {
  user.answers({ [LOCATION]: 'allow' })
  await user.tap('"附近的门店"')
  expect(user).toHavePrompted(LOCATION, { text: '用于查找附近的门店' })
  expect(screen).toShow(/门店在 .* 附近/)
})

test('拒绝后显示全部门店', async ({ user, wx, screen }) => {
  user.answers({ [LOCATION]: 'deny', modal: 'cancel' })
  await user.tap('"附近的门店"')
  expect(wx.last('getLocation')).toFailWith('getLocation:fail auth deny')
  expect(screen).toShow('没有位置权限，显示全部门店')
})

test('拒绝之后微信不再询问，小程序说明去哪里打开', async ({ user }) => {
  user.answers({ [LOCATION]: 'deny', modal: 'cancel' })
  await user.tap('"附近的门店"')
  await user.tap('"附近的门店"')
  expect(user).toHavePrompted(LOCATION, { times: 1 })
  expect(user).toHavePrompted('modal', { text: '需要位置权限才能查找附近的门店', times: 2 })
})

test('在设置页打开后继续', async ({ user, screen, world }) => {
  user.answers({ [LOCATION]: 'deny', modal: 'confirm', settings: { [LOCATION]: true }, privacy: 'agree' })
  await user.tap('"附近的门店"')
  expect(world).toHavePermission(LOCATION)
  expect(screen).toShow(/门店在/)
})

test('去了设置页却没有打开', async ({ user, screen }) => {
  user.answers({ [LOCATION]: 'deny', modal: 'confirm', settings: {} })
  await user.tap('"附近的门店"')
  expect(screen).toShow('没有位置权限，显示全部门店')
})

test('从右上角的菜单打开权限，再点就有了', async ({ user, screen }) => {
  user.answers({ [LOCATION]: 'deny', modal: 'cancel', privacy: 'agree' })
  await user.tap('"附近的门店"')
  await user.settings({ [LOCATION]: true })
  await user.tap('"附近的门店"')
  expect(screen).toShow(/门店在/)
})

test('允许之后又在设置里关掉', async ({ user, screen }) => {
  user.answers({ [LOCATION]: 'allow', modal: 'cancel' })
  await user.tap('"附近的门店"')
  await user.settings({ [LOCATION]: false })
  await user.tap('"附近的门店"')
  expect(screen).toShow('没有位置权限，显示全部门店')
})

test('关掉弹窗', async ({ user, screen }) => {
  user.answers({ [LOCATION]: 'dismiss', modal: 'cancel' })
  await user.tap('"附近的门店"')
  expect(screen).toShow('没有位置权限，显示全部门店')
})

test('一直不理会弹窗', async ({ app, user }) => {
  user.answers({ [LOCATION]: 'ignore' })
  await user.tap('"附近的门店"')
  expect(app).toHaveData('status', '')
})

test('定位失败不是拒绝：不提设置', async ({ user, wx, screen }) => {
  wx.fail('getLocation', 'getLocation:fail timeout')
  await user.tap('"附近的门店"')
  expect(user).toHaveNoPrompts()
  expect(screen).toShow('没有位置权限，显示全部门店')
})
