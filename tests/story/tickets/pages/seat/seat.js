Page({
  data: { guests: 0 },

  onLoad() {
    const { referrerInfo } = wx.getEnterOptionsSync();
    this.setData({ guests: referrerInfo.extraData.guests });
  },

  take() {
    wx.navigateBackMiniProgram({ extraData: { seat: 'A7' } });
  },
});
