Page({
  data: { value: 12800, off: 0, info: { stock: 3 } },

  onRaise() {
    this.setData({ value: this.data.value + 1000 })
  },

  // Two properties in one setData: the observer of both runs once.
  onDiscount() {
    this.setData({ value: 9900, off: 1500 })
  },

  // A part of an object: `info.**` hears of it, too.
  onSellOut() {
    this.setData({ 'info.stock': 0 })
  },

  // A property becomes what its type says: the text of digits becomes a number.
  onText() {
    this.setData({ value: '6600' })
  },

  // A component may change its own properties; the page's data stay as they are.
  onChild() {
    const tag = this.selectComponent('#tag')
    tag.setData({ value: 100, label: 1 })
    console.log('component', tag.data.value, 'page', this.data.value)
  },
})
