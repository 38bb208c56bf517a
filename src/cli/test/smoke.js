// The tests of a mini program that has none: a user of each temper starts it, goes through the tabs and presses
// what has to do with login and permissions.
const { test, expect } = require('wxsim');

const USERS = {
  'allow-all': 'a user who agrees to everything',
  'deny-all': 'a user who refuses everything',
  'dismiss-all': 'a user who closes every dialog',
};
// What such buttons say.
const WORDS = /登录|登陆|注册|授权|允许|同意|头像|手机号|定位|位置|绑定|开始|立即|支付|log ?in|sign ?in|sign ?up|author|allow|agree|permission|phone|locat|pay|start/i;
const OPEN = /open-type|getUserInfo|getUserProfile|getPhoneNumber|getRealtimePhoneNumber|chooseAvatar|openSetting/;
const PRESSED_MAX = 12;

for (const persona of Object.keys(USERS)) {
  test(USERS[persona], { persona, strict: { console: false, requests: false, questions: false } }, async ({ app, user, clock, sim }) => {
    const press = async () => {
      const tried = new Set();
      for (let count = 0; count < PRESSED_MAX; count += 1) {
        const route = app.page && app.page.route;
        const act = sim.acts.find((own) => !tried.has(own.key) && (WORDS.test(own.label) || OPEN.test(own.label)));
        if (act === undefined) return;
        tried.add(act.key);
        await sim.act(act.key);
        await clock.advance('2s');
        if (!app.page) return;
        if (app.page.route !== route) await user.back();
      }
    };
    await app.launch();
    await clock.advance('2s');
    await press();
    for (let tab = 0; tab < sim.tabs; tab += 1) {
      await user.tabItem(tab);
      await clock.advance('2s');
      await press();
    }
    expect(app.pages.length).toBeGreaterThan(0);
  });
}
