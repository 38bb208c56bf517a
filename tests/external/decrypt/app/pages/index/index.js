// Asks for everything that comes encrypted and prints it.
Page({
  onLoad() {
    this.login();
  },
  login() {
    wx.login({});
  },
  tell(name, result) {
    console.log(JSON.stringify({ name, ...result }));
  },
  onPhone(event) {
    this.tell('phone', event.detail);
  },
  onUser(event) {
    this.tell('button', event.detail);
  },
  ask() {
    for (const [name, options] of [
      ['getUserInfo', { withCredentials: true, lang: 'zh_CN' }],
      ['getWeRunData', {}],
      ['getUserProfile', { desc: 'to greet you' }],
    ]) {
      if (wx[name]) wx[name]({ ...options, complete: (result) => this.tell(name, result) });
    }
  },
});
