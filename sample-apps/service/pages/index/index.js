Page({
  data: {
    canOpenApp: false,
    appParameter: JSON.stringify({ from: 'help' }),
    note: '',
  },

  onShow() {
    this.setData({ canOpenApp: getApp().globalData.canOpenApp });
  },

  // The user is back from the conversation, perhaps by a card: going to its page is up to us.
  onContact({ detail: { path, query = {} } }) {
    if (!path) {
      this.setData({ note: '客服会尽快回复' });
      return;
    }
    const pairs = Object.keys(query).map((key) => `${key}=${query[key]}`);
    wx.navigateTo({
      url: pairs.length ? `/${path}?${pairs.join('&')}` : `/${path}`,
      fail: () => this.setData({ note: '该页面已下线' }),
    });
  },

  onLaunched() {
    this.setData({ note: '已返回 App' });
  },

  // `invalid scene` when no app opened the program; nothing more when the app is gone.
  onLaunchError({ detail: { errMsg } }) {
    const isScene = errMsg.includes('invalid scene');
    this.setData({ note: isScene ? '请从 App 中打开小程序' : '请先安装 App' });
  },
});
