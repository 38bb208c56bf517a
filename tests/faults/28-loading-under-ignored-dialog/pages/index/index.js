// Wrong on purpose: the loading begins before the question, and only an answer ends it.
const { use } = require('../../utils/permit.js')
const voice = require('../../utils/voice.js')

Page({
  data: { status: '' },

  // Nothing is asked when the page opens: each permission is asked for when it is used.
  onLocate() {
    wx.showLoading({ title: '定位中', mask: true })
    use('scope.userLocation', wx.getLocation, {
      type: 'gcj02',
      success: ({ latitude, longitude }) => {
        wx.hideLoading()
        this.setData({ status: `门店在 ${latitude.toFixed(3)}, ${longitude.toFixed(3)} 附近` })
      },
      fail: () => {
        wx.hideLoading()
        this.setData({ status: '没有位置权限，显示全部门店' })
      },
    })
  },

  // The second tap ends the recording.
  onRecord() {
    if (voice.isOn()) {
      voice.stop()
      return
    }
    const noVoice = () => this.setData({ status: '不能录音，请输入文字' })
    use('scope.record', wx.authorize, {
      scope: 'scope.record',
      success: () => {
        this.setData({ status: '正在录音，再点一次结束' })
        voice.start((isGood) => (isGood ? this.setData({ status: '录好了' }) : noVoice()))
      },
      fail: noVoice,
    })
  },

  onContact() {
    use('scope.addPhoneContact', wx.addPhoneContact, {
      firstName: '门店',
      mobilePhoneNumber: '02012345678',
      success: () => this.setData({ status: '已保存' }),
      fail: () => this.setData({ status: '没有保存' }),
    })
  },
})
