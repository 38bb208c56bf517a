const { test, describe, expect } = require('wxsim');
const { ROOT, shop } = require('./routes');

const openLogin = async ({ app, user }) => {
  user.answers({ privacy: 'agree' });
  await app.launch('pages/ucenter/index/index');
  await user.tap('.profile-info');
  expect(app).toBeOnPage('pages/auth/login/login');
};

describe('微信登录', () => {
  describe('会问头像昵称的日子', () => {
    test.use({ compatDate: '2022-01-01' });

    test('允许：服务器用 code 换到 openid，回到个人页', async ({ app, user, server, screen }) => {
      shop(server);
      await openLogin({ app, user });
      user.answers({ profile: 'allow' });
      await user.tap('"微信直接登录"');
      expect(user).toHavePrompted('profile', { text: '用于完善会员资料' });
      expect(server).toHaveRequested('POST', `${ROOT}auth/login_by_weixin`, { userInfo: { nickName: '小梅' } });
      expect(app).toBeOnPage('pages/ucenter/index/index');
      expect(app).toHaveStored('token', expect.stringMatching(/^token-o/));
      expect(screen).toShow('小梅');
    });

    test('拒绝：留在登录页，不发请求', async ({ app, user, server, wx }) => {
      shop(server);
      await openLogin({ app, user });
      user.answers({ profile: 'deny' });
      await user.tap('"微信直接登录"');
      expect(wx.last('getUserProfile')).toFailWith('authDeny');
      expect(wx).toHaveCalled('showToast', { title: '微信登录失败' });
      expect(wx).not.toHaveCalled('login');
      expect(app).toBeOnPage('pages/auth/login/login');
    });
  });

  describe('还没有 getUserProfile 的日子', () => {
    test.use({ compatDate: '2018-12-01' });

    // Which of the two counts is unverified.
    test.fails('getUserInfo 按钮登录（按钮写了两个 open-type，前一个无效）', async ({ app, user, server }) => {
      shop(server);
      await openLogin({ app, user });
      user.answers({ 'scope.userInfo': 'allow' });
      await user.tap('"微信直接登录"');
      expect(user).toHavePrompted('scope.userInfo');
    });
  });

  test('如今不再询问，昵称是统一的', async ({ app, user, server, screen }) => {
    shop(server);
    await openLogin({ app, user });
    await user.tap('"微信直接登录"');
    expect(user).not.toHavePrompted('profile');
    expect(app).toHaveData('hasLogin', true);
    expect(screen).toShow('微信用户');
  });

  test('code 换不到会话：提示登录失败', async ({ app, user, server, wx }) => {
    const { route } = shop(server);
    route('POST', 'auth/login_by_weixin', { json: { errno: 701, errmsg: 'code 无效' } });
    await openLogin({ app, user });
    await user.tap('"微信直接登录"');
    expect(wx).toHaveCalled('showToast', { title: '微信登录失败' });
    expect(app).not.toHaveStored('token');
  });

  test('服务器 500：提示登录失败', async ({ app, user, server, wx }) => {
    const { route } = shop(server);
    route('POST', 'auth/login_by_weixin', { status: 500, text: 'oops' });
    await openLogin({ app, user });
    await user.tap('"微信直接登录"');
    expect(wx).toHaveCalled('showToast', { title: '微信登录失败' });
    expect(app).toBeOnPage('pages/auth/login/login');
  });
});
