const post = (path, data) =>
  new Promise((resolve, reject) => {
    const url = `https://tea.example${path}`;
    wx.request({ url, method: 'POST', data, success: ({ data }) => resolve(data), fail: reject });
  });

Page({
  data: { state: 'new' },

  onLoad() {
    wx.showShareMenu({ withShareTicket: true });
  },

  async login() {
    const { code } = await wx.login();
    await post('/login', { code });
    this.setData({ state: 'logged in' });
  },

  async pay() {
    await wx.requestPayment(await post('/pay', { table: 7 }));
    // Whether it is paid the server knows.
    this.setData({ state: (await post('/order')).trade_state });
  },

  onShareAppMessage: () => ({ title: 'Tea for three', path: '/pages/tea/tea?table=7' }),

  async group() {
    const { shareTicket } = getApp();
    if (!shareTicket) {
      this.setData({ state: 'no group' });
      return;
    }
    const { encryptedData, iv } = await wx.getShareInfo({ shareTicket });
    this.setData(await post('/group', { encryptedData, iv }));
  },

  seat() {
    wx.navigateToMiniProgram({ appId: 'wx9f8e7d6c5b4a3f2e', path: 'pages/seat/seat?table=7', extraData: { guests: 2 } });
  },
});
