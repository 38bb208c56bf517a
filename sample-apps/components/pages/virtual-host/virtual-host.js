Page({
  data: { widths: '' },

  onMeasure() {
    const query = wx.createSelectorQuery()
    query.selectAll('#virtual >>> .cell').boundingClientRect()
    query.selectAll('#usual >>> .cell').boundingClientRect()
    query.exec((all) => {
      const [virtual, usual] = all.map((cells) => cells.map((cell) => Math.round(cell.width)).join(' '))
      this.setData({ widths: `虚拟 ${virtual}；普通 ${usual}` })
    })
  },
})
