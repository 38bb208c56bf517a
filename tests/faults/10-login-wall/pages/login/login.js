const session = require('../../utils/session.js')

Page({
  data: { status: '' },

  onLogin() {
    session.ready().then(
      () => wx.reLaunch({ url: '/pages/me/me' }),
      () => this.setData({ status: '登录失败，请重试' }),
    )
  },
})
