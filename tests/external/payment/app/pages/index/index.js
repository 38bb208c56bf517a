// Prints what the server signed; pays with what it is told.
Page({
  ask() {
    wx.request({
      url: 'https://api.example/pay',
      method: 'POST',
      success: ({ data }) => console.log(JSON.stringify(data)),
    });
  },
  pay({ currentTarget: { dataset } }) {
    wx.requestPayment({ ...dataset, complete: ({ errMsg }) => console.log(JSON.stringify({ errMsg })) });
  },
});
