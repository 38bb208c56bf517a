const { test, describe, beforeEach, expect } = require('wxsim');
const { refuse, shop } = require('./routes');

describe('付款', () => {
  let mall;
  beforeEach(({ server }) => {
    mall = shop(server);
  });
  const checkout = async ({ app, user }, pay) => {
    user.answers({ pay });
    await app.launch('pages/checkout/checkout');
    await user.tap('"去付款"');
  };

  test('付成：微信支付查得到', async ({ app, user, server, wx, screen }) => {
    await checkout({ app, user }, 'pay');
    expect(wx).toHaveCalled('requestPayment', { package: expect.stringMatching(/^prepay_id=/) });
    expect(server.pay.order(mall.number(7))).toMatchObject({ total: 8800 });
    expect(mall.number(7)).toBePaid();
    expect(app).toBeOnPage('pages/payResult/payResult?status=1&orderId=7');
    expect(screen).toShow('付款成功');
  });

  test('取消：结果页再付', async ({ app, user, wx, screen }) => {
    await checkout({ app, user }, ['cancel', 'pay']);
    expect(wx.last('requestPayment')).toFailWith('cancel');
    expect(screen).toShow('付款失败');
    expect(mall.number(7)).not.toBePaid();
    await user.tap('"重新付款"');
    expect(screen).toShow('付款成功');
    expect(mall.number(7)).toBePaid();
  });

  test('余额不足两次：每次都提示', async ({ app, user, wx, screen }) => {
    await checkout({ app, user }, ['notEnough', 'notEnough']);
    await user.tap('"重新付款"');
    expect(wx).toHaveCalled('showToast', { title: '支付失败' });
    expect(screen).toShow('付款失败');
    expect(mall.number(7)).not.toBePaid();
  });

  test('回调丢了：钱已付，订单里看得到', async ({ app, user, screen }) => {
    await checkout({ app, user }, 'lostCallback');
    expect(app).toBeOnPage('pages/checkout/checkout');
    expect(mall.number(7)).toBePaid();
    await app.launch('pages/ucenter/order/order');
    expect(screen).toShow('已付款');
  });

  test.fails('回调丢了，再点去付款不会再下一单（程序不查订单）', async ({ app, user }) => {
    await checkout({ app, user }, ['lostCallback', 'pay']);
    await user.tap('"去付款"');
    expect(mall.orders).toEqual([7]);
  });

  test('订单列表 → 详情：再付', async ({ app, user, screen }) => {
    await checkout({ app, user }, ['cancel', 'cancel', 'pay']);
    await user.tap('"查看订单"');
    await user.tap('"订单编号：mall-7"');
    expect(app).toBeOnPage('pages/ucenter/orderDetail/orderDetail?id=7');
    await user.tap('"去付款"');
    expect(screen).toShow('未付款');
    await user.tap('"去付款"');
    expect(app).toBeOnPage('pages/ucenter/order/order');
    expect(screen).toShow('已付款');
  });

  test('下单失败：服务器的话给用户看', async ({ app, user, wx }) => {
    mall.route('POST', 'order/submit', refuse(711, '库存不足'));
    await checkout({ app, user }, 'pay');
    expect(wx).toHaveCalled('showToast', { title: '库存不足' });
    expect(user).not.toHavePrompted('pay');
  });

  test('预付失败：去结果页', async ({ app, user }) => {
    mall.route('POST', 'order/prepay', refuse(724, '订单不能支付'));
    await checkout({ app, user }, 'pay');
    expect(app).toBeOnPage('pages/payResult/payResult?status=0&orderId=7');
  });

  test.fails('结果页预付失败有提示（程序只处理 errno 0）', async ({ app, user, wx }) => {
    mall.route('POST', 'order/prepay', refuse(724, '订单不能支付'));
    await checkout({ app, user }, 'pay');
    await user.tap('"重新付款"');
    expect(wx).toHaveCalled('showToast');
  });

  test.fails('结算 500：不出未处理的拒绝（request 的 reject 没人接）', async ({ app }) => {
    mall.route('GET', 'cart/checkout', { status: 500, text: 'oops' });
    await app.launch('pages/checkout/checkout');
  });

  test.fails('结算超时：加载框会收起（hideLoading 只在成功时）', async ({ app, clock, wx }) => {
    mall.route('GET', 'cart/checkout', { json: {}, delay: '30s' });
    app.allow(/timeout/);
    await app.launch('pages/checkout/checkout');
    await clock.advance('1m');
    expect(wx.last('request')).toFailWith(/timeout/);
    expect(wx).toHaveCalled('hideLoading');
  });

  test.fails('从后台回到订单列表不会重复（onShow 一律追加）', async ({ app, screen }) => {
    await app.launch('pages/ucenter/order/order');
    await app.background();
    await app.resume();
    expect(screen.getAllByText(/mall-7/)).toHaveLength(1);
  });
});
