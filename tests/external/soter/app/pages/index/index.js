Page({
  sign() {
    wx.startSoterAuthentication({
      requestAuthModes: ['fingerPrint'],
      challenge: 'order/1 "é茶"',
      success: (result) => console.log(JSON.stringify(result)),
    })
  },
})
