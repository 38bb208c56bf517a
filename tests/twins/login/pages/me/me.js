// Wrong on purpose: logs in inside of the event of the phone number, so that the server may have
// another session key than the data were made with, and takes every result for a success.
Page({
  onLoad() {
    wx.login({ success: ({ code }) => wx.setStorageSync('code', code) })
  },

  onPhone({ detail }) {
    wx.login({
      success: ({ code }) => {
        wx.setStorageSync('code', code)
        wx.request({
          url: 'https://api.example/phone',
          method: 'POST',
          data: { code, encryptedData: detail.encryptedData, size: detail.encryptedData.length },
        })
      },
    })
  },
})
