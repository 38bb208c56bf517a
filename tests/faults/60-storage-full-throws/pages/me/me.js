// Wrong on purpose: the avatar is kept as if storage could not be full, and then it does not change either.
const session = require('../../utils/session.js')

Page({
  data: { status: '', avatar: '' },

  onLoad() {
    this.enter()
  },

  onPullDownRefresh() {
    this.enter().then(() => wx.stopPullDownRefresh())
  },

  enter() {
    return session.ready().then(
      () => this.setData({ status: '已登录' }),
      () => this.setData({ status: '登录失败，下拉重试' }),
    )
  },

  onAvatar({ detail }) {
    wx.setStorageSync('avatar', detail.avatarUrl)
    this.setData({ avatar: detail.avatarUrl })
  },

  // No login in here: it could replace the session key that the data were made with.
  onPhone({ detail }) {
    if (!/:ok$/.test(detail.errMsg)) {
      this.setData({ status: '没有绑定，也可以稍后再来' })
      return
    }
    session.ready()
      .then(() => session.post('/phone', { code: detail.code }))
      .then(
        () => this.setData({ status: '已绑定' }),
        () => this.setData({ status: '绑定失败，请重试' }),
      )
  },
})
