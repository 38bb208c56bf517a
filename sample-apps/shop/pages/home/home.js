const server = require('../../utils/server.js')

Page({
  data: { categories: [{ id: 'all', name: '全部' }], category: 'all', goods: [], state: 'more', error: '' },

  onLoad() {
    // Without the categories, all goods are still there.
    server.get('/categories').then(({ list }) => {
      this.setData({ categories: [...this.data.categories, ...list] })
    }, () => {})
    this.reload()
  },

  onShow() {
    this.getTabBar().show(0)
  },

  onCategory({ currentTarget }) {
    const { id } = currentTarget.dataset
    if (id === this.data.category) return
    this.setData({ category: id })
    this.reload()
  },

  onPullDownRefresh() {
    this.reload().then(() => wx.stopPullDownRefresh())
  },

  onReachBottom() {
    if (this.data.state === 'more') this.load()
  },

  onRetry() {
    this.load()
  },

  reload() {
    this.page = 0
    this.setData({ goods: [] })
    return this.load()
  },

  // Loads the next page. An answer that comes after the user went to another category is too late.
  load() {
    const { category } = this.data
    const page = this.page + 1
    const isLate = () => category !== this.data.category || page !== this.page + 1
    this.setData({ state: 'loading' })
    return server.get('/goods', { category, page }).then(({ list, more }) => {
      if (isLate()) return
      this.page = page
      const goods = [...this.data.goods, ...list]
      const end = goods.length ? 'end' : 'empty'
      this.setData({ goods, state: more ? 'more' : end })
    }, ({ message }) => {
      if (!isLate()) this.setData({ state: 'failed', error: message })
    })
  },
})
