Page({
  data: { nickname: '小明', words: '', agreed: false },

  onShowAll() {
    const { nickname, words, agreed } = this.data
    console.log(nickname, words, agreed)
  },
})
