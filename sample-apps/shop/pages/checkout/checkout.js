const addresses = require('../../utils/address.js')
const cart = require('../../utils/cart.js')
const server = require('../../utils/server.js')
const session = require('../../utils/session.js')

Page({
  data: { lines: [], total: 0, address: null, note: '', busy: false },

  onLoad() {
    const lines = cart.checked()
    this.setData({ lines, total: cart.total(lines) })
    addresses.kept().then((address) => {
      if (address) this.setData({ address })
    })
  },

  onAddress() {
    wx.navigateTo({
      url: '/pages/address/address',
      events: { saved: (address) => this.setData({ address }) },
    })
  },

  onOrder() {
    const { lines, address, note } = this.data
    if (address === null) {
      wx.showToast({ title: '请填写收货地址', icon: 'none' })
      return
    }
    this.setData({ busy: true })
    const items = lines.map(({ sku, count }) => ({ sku, count }))
    session.signed(() => server.post('/orders', { items, address, note })).then(({ id }) => {
      cart.remove(lines.map(({ sku }) => sku))
      wx.redirectTo({ url: `/pages/order/order?id=${id}` })
    }, (error) => {
      this.setData({ busy: false })
      this.refused(error)
    })
  },

  // Goods can be gone before the order comes; everything else may be tried again.
  refused({ code, message }) {
    if (code !== 'sold-out') {
      wx.showToast({ title: message, icon: 'none' })
      return
    }
    wx.showModal({ title: '下单失败', content: message, confirmText: '回购物车', showCancel: false })
      .then(() => wx.navigateBack())
  },
})
