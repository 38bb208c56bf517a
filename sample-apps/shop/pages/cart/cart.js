const cart = require('../../utils/cart.js')
const session = require('../../utils/session.js')

Page({
  data: { lines: [], total: 0, all: false, busy: false },

  onShow() {
    this.refresh(cart.lines())
  },

  refresh(lines) {
    const checked = lines.filter((line) => line.checked)
    this.setData({ lines, total: cart.total(checked), all: checked.length === lines.length })
    this.getTabBar().show(1)
  },

  onCheck({ detail }) {
    this.refresh(cart.check(detail.value))
  },

  onAll({ detail }) {
    const skus = this.data.lines.map(({ sku }) => sku)
    this.refresh(cart.check(detail.value.length ? skus : []))
  },

  onCount({ currentTarget, detail }) {
    this.refresh(cart.change(currentTarget.dataset.sku, { count: detail.value }))
  },

  onLimit({ detail }) {
    wx.showToast({ title: `只有 ${detail.max} 件了`, icon: 'none' })
  },

  onHold({ currentTarget }) {
    wx.showModal({ title: '删除这件商品？' }).then(({ confirm }) => {
      if (confirm) this.refresh(cart.remove([currentTarget.dataset.sku]))
    })
  },

  onHome() {
    wx.switchTab({ url: '/pages/home/home' })
  },

  // An order needs a user: the login comes before the checkout, and once.
  onSettle() {
    if (cart.checked().length === 0) {
      wx.showToast({ title: '请选择商品', icon: 'none' })
      return
    }
    this.setData({ busy: true })
    session.ready().then(
      () => wx.navigateTo({ url: '/pages/checkout/checkout' }),
      ({ message }) => wx.showToast({ title: message, icon: 'none' }),
    ).then(() => this.setData({ busy: false }))
  },
})
