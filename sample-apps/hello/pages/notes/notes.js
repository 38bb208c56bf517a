const store = require('../../utils/store.js')

Page({
  data: {
    notes: [],
    draft: '',
  },

  // A tab page stays loaded, so read again each time it is shown.
  onShow() {
    this.refresh()
  },

  refresh() {
    this.setData({ notes: store.readNotes() })
  },

  onInput(event) {
    this.setData({ draft: event.detail.value })
  },

  onAdd() {
    const text = this.data.draft.trim() || '笔记 ' + (this.data.notes.length + 1)
    store.addNote(text)
    this.setData({ draft: '' })
    this.refresh()
    wx.showToast({ title: '已添加' })
  },

  onOpen(event) {
    wx.navigateTo({ url: '../note/note?id=' + event.currentTarget.dataset.id })
  },

  onClear() {
    wx.showModal({ title: '清空笔记', content: '所有笔记都会被删除' }).then((res) => {
      if (res.confirm) {
        store.clearNotes()
        this.refresh()
      }
    })
  },
})
