const store = require('../../utils/store.js')

const SCOPE = 'scope.userLocation'

Page({
  data: {
    scene: 0,
    visits: 0,
    place: '',
    status: '',
    reply: '',
  },

  onLoad() {
    const launch = wx.getLaunchOptionsSync()
    this.setData({ scene: launch.scene, visits: store.countVisit() })
  },

  // Log in, ask for the location permission, then show the place.
  onLocate() {
    this.setData({ status: '登录中…' })
    wx.login({
      success: (res) => {
        // A real app sends the code to its server, which exchanges it for a session.
        getApp().globalData.code = res.code
        this.askForLocation()
      },
      fail: () => this.setData({ status: '登录失败，请重试' }),
    })
  },

  askForLocation() {
    wx.authorize({
      scope: SCOPE,
      success: () => this.showPlace(),
      // Refused now or earlier: WeChat will not ask again, only the settings page helps.
      fail: () => this.offerSettings(),
    })
  },

  offerSettings() {
    wx.showModal({
      title: '需要位置权限',
      content: '请在设置中允许使用位置信息',
      confirmText: '去设置',
      success: (res) => {
        if (res.confirm) {
          // Allowed here: the tap on the dialog's button counts as a tap of the user.
          this.openSettings()
        } else {
          this.setData({ status: '未授权' })
        }
      },
    })
  },

  openSettings() {
    wx.openSetting({
      success: (res) => {
        if (res.authSetting[SCOPE]) {
          this.showPlace()
        } else {
          this.setData({ status: '未授权' })
        }
      },
      fail: () => this.setData({ status: '设置打不开，请重试' }),
    })
  },

  showPlace() {
    wx.getLocation({
      type: 'gcj02',
      success: (res) => {
        const place = res.latitude.toFixed(4) + ', ' + res.longitude.toFixed(4)
        this.setData({ place, status: '' })
      },
      fail: () => this.setData({ status: '定位失败，请重试' }),
    })
  },

  // Open the about page; the two pages talk through an event channel.
  onAbout() {
    wx.navigateTo({
      url: '/pages/about/about?from=home&visits=' + this.data.visits,
      events: {
        thanks: (data) => this.setData({ reply: data.text }),
      },
    }).then((res) => {
      res.eventChannel.emit('greeting', { text: '你好，关于页' })
    })
  },
})
