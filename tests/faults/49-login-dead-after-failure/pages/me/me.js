// Wrong on purpose: `entering` keeps a second tap away, and stays after a login that failed.
const server = require('../../utils/server.js')
const session = require('../../utils/session.js')
const { WORDS, stateOf } = require('../../utils/orders.js')

Page({
  data: { isIn: false, filters: ['全部', '待支付', '已支付', '已取消'], filter: 0, orders: [], state: '', error: '' },

  onShow() {
    this.getTabBar().show(2)
    this.setData({ isIn: session.isIn() })
    if (session.isIn()) this.load()
  },

  onLogin() {
    if (this.entering) return
    this.entering = true
    session.ready().then(() => {
      this.entering = false
      this.setData({ isIn: true })
      this.load()
    }, () => wx.showToast({ title: '登录失败，请重试', icon: 'none' }))
  },

  load() {
    this.setData({ state: 'loading' })
    session.signed(() => server.get('/orders')).then(({ list }) => {
      this.all = list.map((order) => ({ ...order, words: WORDS[stateOf(order)] }))
      this.show(this.data.filter)
    }, ({ message }) => this.setData({ state: 'failed', error: message }))
  },

  show(filter) {
    if (!this.all) return // The orders have not come yet, or could not be loaded.
    const words = this.data.filters[filter]
    const orders = this.all.filter((order) => filter === 0 || order.words === words)
    this.setData({ filter, orders, state: orders.length ? 'end' : 'empty' })
  },

  onFilter({ currentTarget }) {
    this.show(currentTarget.dataset.index)
  },
})
