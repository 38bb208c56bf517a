const store = require('../../utils/store.js')

Page({
  data: {
    note: null,
  },

  onLoad(query) {
    // Query values are always strings.
    const note = store.findNote(Number(query.id))
    this.setData({ note: note || null })
  },

  onDelete() {
    wx.showActionSheet({ itemList: ['删除'], itemColor: '#e64340' }).then(
      () => this.remove(),
      () => {} // closing the sheet is a failure with `cancel`: nothing to do
    )
  },

  remove() {
    store.removeNote(this.data.note.id)
    wx.navigateBack({
      // Nothing lies below a page that was opened directly.
      fail: () => wx.switchTab({ url: '/pages/notes/notes' }),
    })
  },
})
