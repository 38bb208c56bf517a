Page({
  data: { id: '' },

  onLoad({ id }) {
    this.setData({ id });
  },

  // A card of another order takes the place of this one.
  onContact({ detail: { path, query = {} } }) {
    if (path === 'pages/order/order' && query.id !== this.data.id) {
      wx.redirectTo({ url: `/${path}?id=${query.id}` });
    }
  },
});
