// Wrong on purpose: waits for the callback of the payment alone; when it never comes, the button keeps its loading.
const server = require('../../utils/server.js')
const session = require('../../utils/session.js')
const payment = require('../../utils/payment.js')
const { stateOf } = require('../../utils/orders.js')

Page({
  data: { order: null, state: '', busy: false, error: '' },

  onLoad({ id }) {
    this.id = id
    this.load()
  },

  // When the user comes back: the order may have been paid meanwhile.
  onShow() {
    if (this.data.state === 'unpaid') this.load()
  },

  load() {
    this.setData({ error: '' })
    session.signed(() => server.get(`/orders/${this.id}`)).then(
      (order) => this.show(order),
      ({ message }) => this.setData({ error: message }),
    )
  },

  show(order) {
    this.setData({ order, state: stateOf(order) })
  },

  // The payment begins here. The page says "paid" only when the server does.
  onPay() {
    if (this.data.busy) return
    this.setData({ busy: true })
    payment.pay(this.id, () => {}).then(
      ({ order, message }) => {
        this.show(order)
        if (this.data.state === 'unpaid') wx.showToast({ title: message, icon: 'none' })
      },
      ({ message }) => wx.showToast({ title: message, icon: 'none' }),
    ).then(() => this.setData({ busy: false }))
  },

  onCancel() {
    wx.showModal({ title: '取消订单？', content: '商品会回到库存' }).then(({ confirm }) => {
      if (confirm) this.cancel()
    })
  },

  cancel() {
    session.signed(() => server.post(`/orders/${this.id}/cancel`)).then(
      (order) => this.show(order),
      ({ message }) => wx.showToast({ title: message, icon: 'none' }),
    )
  },

  onOrders() {
    wx.switchTab({ url: '/pages/me/me' })
  },
})
