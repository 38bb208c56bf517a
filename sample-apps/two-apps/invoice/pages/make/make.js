Page({
  data: { client: null, title: '' },

  onShow() {
    this.setData({ client: getApp().client, title: wx.getStorageSync('title') });
  },

  onTitle() {
    wx.navigateTo({ url: '/pages/title/title' });
  },

  onMake() {
    const { client, title } = this.data;
    wx.navigateBackMiniProgram({
      extraData: { order: client.order, title },
      // Opened in another way since: there is nobody to go back to.
      fail: () => wx.showModal({ title: '已开票', content: '请返回商家小程序查看', showCancel: false }),
    });
  },
});
