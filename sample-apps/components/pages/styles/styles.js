Page({
  data: { colors: '' },

  onColors() {
    const query = wx.createSelectorQuery()
    const fields = { computedStyle: ['color', 'fontSize'] }
    query.select('#outside').fields(fields)
    query.select('.isolated >>> #text').fields(fields)
    query.select('.shared-in >>> #text').fields(fields)
    query.exec((all) => {
      this.setData({ colors: all.map((one) => `${one.color} ${one.fontSize}`).join('；') })
    })
  },
})
