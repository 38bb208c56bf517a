Page({
  data: { shown: true, ended: false },

  onEnd() {
    this.setData({ ended: true })
  },

  onHide() {
    console.log('page hides')
  },

  // The component is gone, and its timer with it.
  onRemove() {
    this.setData({ shown: false })
  },
})
