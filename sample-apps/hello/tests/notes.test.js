const { test, beforeEach, expect } = require('wxsim')

beforeEach(async ({ app, user }) => {
  await app.launch()
  await user.tabItem(1)
})

test('写下一条笔记', async ({ app, user, screen }) => {
  await user.input(screen.getByPlaceholderText('写点什么'), '买茶')
  await user.confirm('#draft')
  expect(screen).toShow('买茶')
  expect(app).toHaveStored('notes', [{ id: 1, text: '买茶' }])
  expect(app).toHaveData('draft', '')
})

test('空白的笔记有编号', async ({ user, screen }) => {
  await user.tap('#add')
  await user.tap('#add')
  expect(screen.queryAll('.note').map(({ text }) => text)).toEqual(['1笔记 1', '2笔记 2'])
})

test('打开一条笔记并删除', async ({ app, user, screen }) => {
  user.answers({ actionSheet: 0 })
  await user.tap('#add')
  await user.tap('.note')
  expect(app).toBeOnPage('pages/note/note', { id: '1' })
  await user.tap('#delete')
  expect(app).toBeOnPage('pages/notes/notes')
  expect(screen).toShow('还没有笔记')
})

test('关闭菜单，什么都不删', async ({ app, user, wx }) => {
  user.answers({ actionSheet: 'cancel' })
  await user.tap('#add')
  await user.tap('.note')
  await user.tap('#delete')
  expect(wx.last('showActionSheet')).toFailWith('cancel')
  expect(app).toBeOnPage('pages/note/note')
  expect(app.storage('notes')).toHaveLength(1)
})

test.each([
  ['confirm', 0],
  ['cancel', 2],
])('清空前先确认：%s', async (answer, left, { app, user }) => {
  user.answers({ modal: answer })
  await user.tap('#add')
  await user.tap('#add')
  await user.tap('#clear')
  expect(user).toHavePrompted('modal', { text: /所有笔记/ })
  expect(app.data('notes')).toHaveLength(left)
})

test('笔记在下次启动后还在', async ({ app, user, screen }) => {
  await user.tap('#add')
  await app.kill()
  await app.launch('pages/notes/notes')
  expect(screen).toShow('笔记 1')
})
