const { use } = require('../../utils/permit.js')

Page({
  data: { status: '' },

  // Nothing is asked when the page opens: each permission is asked for when it is used.
  onLocate() {
    use('scope.userLocation', wx.getLocation, {
      type: 'gcj02',
      success: ({ latitude, longitude }) => {
        this.setData({ status: `门店在 ${latitude.toFixed(3)}, ${longitude.toFixed(3)} 附近` })
      },
      fail: () => this.setData({ status: '没有位置权限，显示全部门店' }),
    })
  },

  onRecord() {
    use('scope.record', wx.authorize, {
      scope: 'scope.record',
      success: () => this.setData({ status: '可以录音了' }),
      fail: () => this.setData({ status: '不能录音，请输入文字' }),
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
