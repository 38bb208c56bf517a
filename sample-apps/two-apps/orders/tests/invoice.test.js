// wxsim.toml names the other program; both run here.
const { test, beforeEach, expect } = require('wxsim');

beforeEach(async ({ app, user }) => {
  await app.launch();
  await user.tap('"牛肉面两份"');
});

test('去开票，带着发票回来', async ({ app, user, server, screen }) => {
  user.answers({ openProgram: 'allow' });
  await user.tap('"开具发票"');
  expect(screen).toShow('开票金额 ¥52');
  await user.tap('"抬头：请填写"');
  await user.input('name=title', '风铃软件有限公司');
  await user.tap('"保存"');
  await user.tap('"确认开票"');
  expect(app).toBeOnPage('pages/order/order', { id: '7' });
  expect(server).toHaveRequested('GET', '/orders/7/invoice');
  expect(screen).toShow('发票抬头：风铃软件有限公司');
});

test('去了，什么都没做就回来', async ({ user, server, screen }) => {
  user.answers({ openProgram: 'allow' });
  await user.tap('"开具发票"');
  await user.back();
  expect(server).not.toHaveRequested('GET', '/orders/7/invoice');
  expect(screen).toShow('开具发票');
});

test('不去', async ({ app, user, wx, screen }) => {
  user.answers({ openProgram: 'cancel' });
  await user.tap('"开具发票"');
  expect(wx.last('navigateToMiniProgram')).toFailWith('cancel');
  expect(app).toBeOnPage('pages/order/order');
  expect(screen).toShow('开具发票');
});

test('不理会弹窗，订单还在', async ({ user, screen }) => {
  user.answers({ openProgram: 'ignore' });
  await user.tap('"开具发票"');
  expect(screen).toShow('合计 ¥52');
});

test('那边说开了，自己的服务器不知道：不算', async ({ user, server, screen }) => {
  server.get('/orders/7/invoice', { status: 404 });
  user.answers({ openProgram: 'allow' });
  await user.tap('"开具发票"');
  await user.tap('"抬头：请填写"');
  await user.input('name=title', '风铃软件有限公司');
  await user.tap('"保存"');
  await user.tap('"确认开票"');
  expect(screen).toShow('开具发票');
});

test('别的程序带来的数据不算数', async ({ app, server }) => {
  await app.background();
  await app.resume({ scene: 1038, referrerInfo: { appId: 'wx0000000000000000', extraData: { order: '7' } } });
  expect(server).not.toHaveRequested('GET', '/orders/7/invoice');
});
