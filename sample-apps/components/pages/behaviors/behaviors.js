Page({
  data: { heard: '' },

  onCount({ detail }) {
    this.setData({ heard: `听到 ${detail.count}` })
  },

  onAsk() {
    const like = this.selectComponent('#like')
    like.add()
    like.reset()
    console.log('exported', Object.keys(like).join(' '), like.count())
  },
})
