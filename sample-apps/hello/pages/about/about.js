Page({
  data: {
    from: '',
    visits: '',
    greeting: '',
  },

  onLoad(query) {
    this.setData({ from: query.from || '', visits: query.visits || '' })
    // Only a page opened by wx.navigateTo has somebody at the other end of its channel.
    if (query.from) {
      this.channel = this.getOpenerEventChannel()
      this.channel.on('greeting', (data) => this.setData({ greeting: data.text }))
    }
  },

  // Answer the page that opened this one, then go back to it.
  onThanks() {
    this.channel.emit('thanks', { text: '关于页说：谢谢' })
    wx.navigateBack()
  },
})
