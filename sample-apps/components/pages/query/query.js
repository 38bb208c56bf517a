Page({
  data: { told: '' },

  onRects() {
    const query = wx.createSelectorQuery()
    query.select('#first').boundingClientRect()
    query.selectAll('.box').fields({ id: true, dataset: true, size: true })
    query.selectViewport().scrollOffset()
    query.select('.nowhere').boundingClientRect()
    query.exec(([first, boxes, viewport, nowhere]) => {
      console.log('first', first)
      console.log('boxes', boxes)
      console.log('viewport', viewport)
      this.setData({ told: nowhere === null ? '没有 .nowhere' : '' })
    })
  },

  onInside() {
    this.selectComponent('#inside').size((rect) => this.setData({ told: `组件里高 ${rect.height}` }))
  },

  onGrow() {
    this.setData({ grown: true }, () => this.onRects())
  },
})
