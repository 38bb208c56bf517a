// Wrong on purpose: points for sharing, in a callback that nobody calls.
const server = require('../../utils/server.js')
const cart = require('../../utils/cart.js')

Page({
  data: { goods: null, error: '', at: 0, sheet: false, soldOut: false },

  onLoad({ id }) {
    this.id = id
    this.load()
  },

  load() {
    this.setData({ error: '' })
    server.get(`/goods/${this.id}`).then((goods) => {
      wx.setNavigationBarTitle({ title: goods.name })
      this.setData({ goods, soldOut: goods.skus.every(({ stock }) => stock === 0) })
    }, ({ message }) => this.setData({ error: message }))
  },

  onPicture({ detail }) {
    this.setData({ at: detail.current })
  },

  onPreview({ currentTarget }) {
    wx.previewImage({ urls: this.data.goods.pictures, current: currentTarget.dataset.url })
  },

  onOpen() {
    this.setData({ sheet: true })
  },

  onClose() {
    this.setData({ sheet: false })
  },

  onTake({ detail }) {
    const { sku, count } = detail
    const { goods } = this.data
    const { id, price, stock, values } = sku
    cart.add({ sku: id, goodsId: goods.id, name: goods.name, spec: values.join(' '), price, stock, count })
    this.setData({ sheet: false })
    wx.showToast({ title: '已加入购物车' })
  },

  onCart() {
    wx.switchTab({ url: '/pages/cart/cart' })
  },

  onShareAppMessage() {
    const { id, name } = this.data.goods
    return {
      title: name,
      path: `/pages/goods/goods?id=${id}`,
      success: () => {
        this.setData({ points: 10 })
      },
    }
  },
})
