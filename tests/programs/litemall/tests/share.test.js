const { test, describe, beforeEach, expect } = require('wxsim');
const { ok, goods, shop } = require('./routes');

let mall;
beforeEach(({ server, user }) => {
  mall = shop(server);
  user.answers({ privacy: 'agree', modal: 'confirm' });
});

describe('海报', () => {
  const open = async ({ app, user }, answer) => {
    user.answers({ 'scope.writePhotosAlbum': answer });
    await app.launch('pages/goods/goods?id=9');
    await user.tap('"分享"');
  };

  test('允许相册：存好', async ({ app, user, wx, world }) => {
    await open({ app, user }, 'allow');
    await user.tap('"生成海报"');
    expect(world).toHavePermission('scope.writePhotosAlbum');
    expect(wx.last('saveImageToPhotosAlbum')).toSucceed();
    expect(wx).toHaveCalled('showModal', { title: '生成海报成功' });
  });

  test('拒绝，设置页打开后再存', async ({ app, user, wx }) => {
    await open({ app, user }, 'deny');
    expect(wx.last('authorize')).toFailWith('authDeny');
    user.answers({ settings: { 'scope.writePhotosAlbum': true } });
    await user.tap('"生成海报"');
    expect(app).toHaveData('canWrite', true);
    await user.tap('"生成海报"');
    expect(wx.last('saveImageToPhotosAlbum')).toSucceed();
  });

  test('拒绝，设置页也不开：警告', async ({ app, user, wx }) => {
    await open({ app, user }, 'deny');
    user.answers({ settings: {} });
    await user.tap('"生成海报"');
    expect(wx).toHaveCalled('showModal', { content: '不授权无法保存' });
    expect(wx).not.toHaveCalled('saveImageToPhotosAlbum');
  });

  test.fails('设置页打开后不说已保存（程序还没存就提示保存成功）', async ({ app, user, wx }) => {
    await open({ app, user }, 'deny');
    user.answers({ settings: { 'scope.writePhotosAlbum': true } });
    await user.tap('"生成海报"');
    expect(wx).not.toHaveCalled('showToast', { title: '保存成功' });
  });

  test.fails('海报下载失败有提示（程序只写日志）', async ({ app, user, server, wx }) => {
    server.get('https://img.example/poster.png', { fail: 'timeout' });
    await open({ app, user }, 'allow');
    await user.tap('"生成海报"');
    expect(wx).toHaveCalled('showToast');
  });
});

describe('分享', () => {
  test('商品卡片，别人打开到商品页', async ({ app, user, sim, screen }) => {
    user.answers({ 'scope.writePhotosAlbum': 'allow' });
    await app.launch('pages/goods/goods?id=9');
    await user.tap('"分享"');
    user.answers({ share: { to: 'bo' } });
    await user.tap('"分享给好友"');
    await sim.user('bo');
    await user.openCard();
    expect(app.pages.map(({ route }) => route)).toEqual(['pages/index/index', 'pages/goods/goods']);
    expect(app).toBeOnPage('pages/goods/goods?id=9');
    expect(screen).toShow('茶壶');
  });

  test('拼团：付款后邀请，别人参团付款', async ({ app, user, clock, sim }) => {
    mall.route('GET', 'goods/detail', ok(goods({ groupon: [{ id: 2, discount: 8, discountMember: 2 }] })));
    user.answers({ pay: 'pay', share: { to: 'bo' }, 'scope.writePhotosAlbum': 'allow' });
    await app.launch('pages/goods/goods?id=9');
    await user.tap('"立即购买"');
    await user.tap('"￥8 (2人)"');
    await user.tap('"立即购买"');
    await user.tap('"去付款"');
    await clock.advance('2s');
    expect(app).toBeOnPage('pages/groupon/grouponDetail/grouponDetail?id=5');
    await user.tap('"邀请参团"');
    await sim.user('bo');
    await user.openCard();
    expect(app).toBeOnPage('pages/goods/goods?grouponId=5');
    await user.tap('"参加团购"');
    await user.tap('"参加团购"');
    expect(app).toHaveStored('grouponRulesId', 2);
    await user.tap('"去付款"');
    expect(mall.number(8)).toBePaid();
  });

  test.fails('参团选中发起人的规格（splice 时跳过了下一项）', async ({ app, user }) => {
    const groupon = [3, 4, 2].map((id) => ({ id, discount: id, discountMember: 2 }));
    mall.route('GET', 'goods/detail', ok(goods({ groupon })));
    user.answers({ 'scope.writePhotosAlbum': 'allow' });
    await app.launch('pages/goods/goods?grouponId=5');
    await user.tap('"参加团购"');
    await user.tap('"参加团购"');
    expect(app).toHaveStored('grouponRulesId', 2);
  });
});
