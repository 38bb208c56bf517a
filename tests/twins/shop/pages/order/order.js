// Wrong on purpose: takes the callback of the payment for the payment, and keeps that on the phone. When
// the callback is lost, the order stays unpaid for ever; the server is never asked.
Page({
  data: { isPaid: false },

  onLoad() {
    this.setData({ isPaid: wx.getStorageSync('isPaid') === true })
  },

  onPay() {
    wx.request({
      url: 'https://api.example/pay',
      method: 'POST',
      success: ({ data }) => wx.requestPayment({
        ...data,
        complete: () => {
          wx.setStorageSync('isPaid', true)
          this.setData({ isPaid: true })
        },
      }),
    })
  },
})
