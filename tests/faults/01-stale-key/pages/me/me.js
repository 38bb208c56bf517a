// Wrong on purpose: logs in inside of the event of the phone number, so that the server may hold another session key than the data
// were made with.
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
    this.setData({ avatar: detail.avatarUrl })
  },

  onPhone({ detail }) {
    if (!/:ok$/.test(detail.errMsg)) {
      this.setData({ status: '没有绑定，也可以稍后再来' })
      return
    }
    const failed = () => this.setData({ status: '绑定失败，请重试' })
    wx.login({
      success: ({ code }) => {
        session.post('/phone', { code, encryptedData: detail.encryptedData, iv: detail.iv })
          .then(() => this.setData({ status: '已绑定' }), failed)
      },
      fail: failed,
    })
  },
})
