const { test, describe, beforeAll, expect } = require('wxsim');
const { ROOT, refuse, shop, login } = require('./routes');

describe('已登录的用户', () => {
  let mall;
  beforeAll(async ({ app, user, server }) => {
    mall = shop(server);
    await login({ app, user });
  });

  test('允许绑定手机：服务器解出号码', async ({ user, server, wx }) => {
    user.answers({ phone: 'allow' });
    await user.tap('open-type=getPhoneNumber');
    const [{ data }] = server.requests.filter((request) => request.url === `${ROOT}auth/bindPhone`);
    expect(data).toDecryptTo({ purePhoneNumber: '13912345678' });
    expect(mall.phone).toBe('13912345678');
    expect(wx).toHaveCalled('showToast', { title: '绑定手机号码成功' });
  });

  test('拒绝绑定手机：不发请求', async ({ user, server }) => {
    user.answers({ phone: 'deny' });
    await user.tap('open-type=getPhoneNumber');
    expect(user).toHavePrompted('phone');
    expect(server).not.toHaveRequested('POST', `${ROOT}auth/bindPhone`);
  });

  test.fails('绑定失败时有提示（程序只处理 errno 0）', async ({ user, wx }) => {
    mall.route('POST', 'auth/bindPhone', refuse(402, '微信数据解不开'));
    user.answers({ phone: 'allow' });
    await user.tap('open-type=getPhoneNumber');
    expect(wx).toHaveCalled('showToast', { title: expect.stringContaining('失败') });
  });

  test.fails('会话过期后绑定手机（程序不先 checkSession，服务器的密钥已旧）', async ({ user, world }) => {
    await world.session.expire();
    user.answers({ phone: 'allow' });
    await user.tap('open-type=getPhoneNumber');
    expect(mall.phone).toBe('13912345678');
  });

  test('会话过期后回到前台：要重新登录', async ({ app, user, world }) => {
    await world.session.expire();
    await app.background();
    await app.resume();
    expect(await app.evaluate(() => getApp().globalData.hasLogin)).toBe(false);
    await user.tabItem(2);
    expect(app).toHaveData({ hasLogin: false });
  });

  test.fails('再次冷启动，个人页显示已登录（首页面 onShow 早于 checkSession 的回调）', async ({ app, screen }) => {
    await app.launch('pages/ucenter/index/index');
    expect(screen).toShow('微信用户');
  });

  test('服务器说令牌失效：清除登录并去登录页', async ({ app, user }) => {
    mall.route('GET', 'cart/index', refuse(501, '请登录'));
    await user.tabItem(2);
    expect(app).toBeOnPage('pages/auth/login/login');
    expect(app).not.toHaveStored('token');
  });

  test.fails('令牌失效时只打开一个登录页（每个请求各打开一个）', async ({ app, user }) => {
    mall.route('GET', 'home/index', refuse(501, '请登录'));
    mall.route('GET', 'goods/count', refuse(501, '请登录'));
    await user.tabItem(0);
    expect(app.pages.map((page) => page.route)).toEqual(['pages/index/index', 'pages/auth/login/login']);
  });

  test.fails('令牌失效后个人页可以再去登录（globalData.hasLogin 仍为 true）', async ({ app, user }) => {
    mall.route('GET', 'cart/index', refuse(501, '请登录'));
    await user.tabItem(2);
    await user.back();
    await user.tabItem(3);
    await user.tap('.profile-info');
    expect(app).toBeOnPage('pages/auth/login/login');
  });
});
