const { test, expect } = require('wxsim')

test('从群里的卡片进入', async ({ app, screen }) => {
  await app.launch({ scene: 1044 })
  expect(screen).toShow('第 1 次访问，场景值 1044')
  expect(app.console).toEqual([{ level: 'log', text: 'launched from scene 1044' }])
})

test('数着访问的次数', async ({ app, screen }) => {
  await app.launch()
  await app.kill()
  await app.launch()
  expect(screen).toShow('第 2 次访问')
})

test('关于页和首页互相打招呼', async ({ app, user, screen }) => {
  await app.launch()
  await user.tap('#about')
  expect(app).toBeOnPage('pages/about/about', { from: 'home', visits: '1' })
  expect(screen).toShow('你好，关于页')
  await user.tap('"谢谢"')
  expect(app).toBeOnPage('pages/home/home')
  expect(screen).toShow('关于页说：谢谢')
})

test('直接打开的关于页没有来处', async ({ app, screen }) => {
  await app.launch('pages/about/about')
  expect(screen.query('#thanks')).toBeNull()
})

test('不存在的笔记', async ({ app, screen }) => {
  await app.launch('pages/note/note?id=7')
  expect(screen).toShow('这条笔记不存在')
})
