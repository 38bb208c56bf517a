const { test, expect } = require('wxsim');

test('问了客服，点卡片回来，看到订单', async ({ app, user, screen }) => {
  user.answers({ conversation: { text: '到哪了', card: { path: 'pages/order/order', query: { id: '7' } } } });
  await app.launch();
  await user.tap('#contact');
  expect(app).toBeOnPage('pages/order/order', { id: '7' });
  expect(screen).toShow('订单 7');
});

test('什么都没点就回来', async ({ app, user, screen }) => {
  user.answers({ conversation: 'return' });
  await app.launch();
  await user.tap('#contact');
  expect(screen).toShow('客服会尽快回复');
});

test('卡片的页面已经没有了', async ({ app, user, screen }) => {
  user.answers({ conversation: { card: { path: 'pages/gone/gone' } } });
  await app.launch();
  await user.tap('#contact');
  expect(app).toBeOnPage('pages/index/index');
  expect(screen).toShow('该页面已下线');
});

test('还在和客服说话：小程序在后台', async ({ app, user }) => {
  user.answers({ conversation: 'ignore' });
  await app.launch();
  await user.tap('#contact');
  expect(app).toHaveData('note', '');
});

test('在订单页打开另一个订单的卡片：换成那个订单', async ({ app, user }) => {
  user.answers({ conversation: { card: { path: 'pages/order/order', query: { id: '8' } } } });
  await app.launch('pages/order/order?id=7');
  await user.tap('#contact');
  expect(app.pages.map(({ query }) => query.id)).toEqual(['8']);
});

test('第二天从客服发的卡片进来', async ({ app, user, server, clock, sim, screen }) => {
  user.answers({ conversation: { sendCard: true } });
  await app.launch('pages/order/order?id=7');
  await user.tap('#contact');
  await app.kill();
  await clock.advance('1d');
  await server.send('custom', {
    msgtype: 'miniprogrampage',
    miniprogrampage: { title: '订单 8', pagepath: 'pages/order/order?id=8', thumb_media_id: 'm' },
  });
  await sim.step('open service-card');
  expect(screen).toShow('订单 8');
});

test.each([['send'], ['cancel']])('意见反馈：%s，页面照旧', async (answer, { app, user }) => {
  user.answers({ feedback: answer });
  await app.launch();
  await user.tap('#feedback');
  expect(user).toHavePrompted('feedback');
  expect(app).toBeOnPage('pages/index/index');
});
