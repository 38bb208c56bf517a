Page({
  data: {
    shops: [{ id: 1, name: '体育西店' }, { id: 2, name: '北京路店' }],
    coupons: [{ id: 'x', from: 100, off: 10 }, { id: 'y', from: 300, off: 50 }],
    said: '',
  },

  onChoose({ detail }) {
    this.setData({ said: JSON.stringify(detail.row) })
  },
})
