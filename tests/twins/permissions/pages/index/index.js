// Wrong on purpose: asks at the start, does not declare the API, has no way on after a refusal, and
// opens the settings without a tap.
Page({
  data: { place: null },

  onLoad() {
    wx.authorize({ scope: 'scope.record' })
  },

  onLocate() {
    wx.getLocation({
      success: (place) => this.setData({ place }),
      complete: () => {
        setTimeout(() => wx.openSetting({ fail: (error) => console.error(error.errMsg) }), 100)
        console.log(this.data.place.latitude)
      },
    })
  },
})
