const { test, expect } = require('wxsim');

const BY_APP = { scene: 1069, referrerInfo: { appId: 'shop-app' } };

test('从 App 打开，回到 App', async ({ app, user }) => {
  await app.launch(BY_APP);
  await user.tap('"返回 App"');
  expect(app).toHaveData('note', '已返回 App');
});

test('自己打开的小程序没有这个按钮', async ({ app, screen }) => {
  await app.launch();
  expect(screen.query('#app')).toBeNull();
});

test('App 被卸载了', async ({ app, user, sim, screen }) => {
  await app.launch(BY_APP);
  await sim.step('uninstall shop-app');
  await user.tap('#app');
  expect(screen).toShow('请先安装 App');
});

test('换一个入口进来，按钮就没有了', async ({ app, screen }) => {
  await app.launch(BY_APP);
  await app.background();
  await app.resume({ scene: 1007 });
  expect(screen.queryByText('返回 App')).toBeNull();
});

test('从最近使用回来，按钮还在', async ({ app, screen }) => {
  await app.launch(BY_APP);
  await app.background();
  await app.resume({ scene: 1089 });
  expect(screen).toShow('返回 App');
});
