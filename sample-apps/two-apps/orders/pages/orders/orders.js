const server = require('../../utils/server');

Page({
  data: { orders: [], failed: false },

  async onShow() {
    const answer = await server.get('/orders');
    this.setData(answer ? { orders: answer.list, failed: false } : { failed: true });
  },

  onOrder(event) {
    wx.navigateTo({ url: `/pages/order/order?id=${event.currentTarget.dataset.id}` });
  },
});
