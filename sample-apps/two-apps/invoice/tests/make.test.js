const { test, describe, beforeEach, expect } = require('wxsim');

const FROM_ORDERS = {
  scene: 1037,
  referrerInfo: { appId: 'wx1f0e2d3c4b5a6978', extraData: { order: '7', total: 5200 } },
};

test('自己打开：没有可开的票', async ({ app, screen }) => {
  await app.launch();
  expect(screen).toShow('请从商家小程序进入');
});

test('商家没有带订单：也没有', async ({ app, screen }) => {
  await app.launch({ ...FROM_ORDERS, referrerInfo: { appId: 'wx1f0e2d3c4b5a6978' } });
  expect(screen).toShow('请从商家小程序进入');
});

describe('商家打开', () => {
  beforeEach(({ app }) => app.launch(FROM_ORDERS));

  test('没有抬头不能开', ({ screen }) => {
    expect(screen).toShow('开票金额 ¥52');
    expect(screen.get('#make').isDisabled).toBe(true);
  });

  test('抬头不能是空白', async ({ app, user, wx }) => {
    await user.tap('#title');
    await user.input('name=title', '  ');
    await user.tap('"保存"');
    expect(wx).toHaveCalled('showToast', { title: '请填写抬头' });
    expect(app).toBeOnPage('pages/title/title');
  });

  test('开好后带着抬头回去', async ({ user, wx }) => {
    await user.tap('#title');
    await user.input('name=title', '风铃软件有限公司');
    await user.tap('"保存"');
    await user.tap('#make');
    expect(wx).toHaveCalled('navigateBackMiniProgram', { extraData: { order: '7', title: '风铃软件有限公司' } });
  });

  test('抬头记着，下次不用再填', async ({ app, user, screen }) => {
    await user.tap('#title');
    await user.input('name=title', '风铃软件有限公司');
    await user.tap('"保存"');
    await app.kill();
    await app.launch(FROM_ORDERS);
    expect(screen).toShow('抬头：风铃软件有限公司');
  });
});
