Page({
  data: { title: '' },

  onLoad() {
    this.setData({ title: wx.getStorageSync('title') });
  },

  onSave({ detail }) {
    const title = detail.value.title.trim();
    if (!title) {
      wx.showToast({ title: '请填写抬头', icon: 'none' });
      return;
    }
    wx.setStorageSync('title', title);
    wx.navigateBack();
  },
});
