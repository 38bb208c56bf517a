const server = require('../../utils/server.js')
const session = require('../../utils/session.js')

// An order that was confirmed and not paid. The payment will begin here.
Page({
  data: { order: null, error: '' },

  onLoad({ id }) {
    this.id = id
    this.load()
  },

  load() {
    this.setData({ error: '' })
    session.signed(() => server.get(`/orders/${this.id}`)).then(
      (order) => this.setData({ order }),
      ({ message }) => this.setData({ error: message }),
    )
  },

  onCancel() {
    wx.showModal({ title: '取消订单？', content: '商品会回到库存' }).then(({ confirm }) => {
      if (confirm) this.cancel()
    })
  },

  cancel() {
    session.signed(() => server.post(`/orders/${this.id}/cancel`)).then(
      (order) => this.setData({ order }),
      ({ message }) => wx.showToast({ title: message, icon: 'none' }),
    )
  },

  onOrders() {
    wx.switchTab({ url: '/pages/me/me' })
  },
})
