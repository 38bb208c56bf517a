const { test, expect } = require('wxsim');

test('订单的列表', async ({ app, screen }) => {
  await app.launch();
  expect(screen).toShow('牛肉面两份');
  expect(screen).toShow('¥52');
});

test.each([['服务器出错', { status: 500 }], ['没有网络', { fail: 'timeout' }]])(
  '列表读不到：%s',
  async (name, reply, { app, server, screen }) => {
    server.get('/orders', reply);
    await app.launch();
    expect(screen).toShow('加载失败，请稍后再来');
  },
);
