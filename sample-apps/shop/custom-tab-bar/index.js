const cart = require('../utils/cart.js')

// Each tab page has one of these; it calls `show` in its onShow.
Component({
  data: {
    selected: 0,
    count: 0,
    items: [
      { url: '/pages/home/home', text: '首页' },
      { url: '/pages/cart/cart', text: '购物车' },
      { url: '/pages/me/me', text: '我的' },
    ],
  },
  methods: {
    show(selected) {
      this.setData({ selected, count: cart.count() })
    },
    onItem({ currentTarget }) {
      wx.switchTab({ url: currentTarget.dataset.url })
    },
  },
})
