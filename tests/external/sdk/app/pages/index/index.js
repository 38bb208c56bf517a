// What users do on the phone between the calls of a server; what they got is printed.
const print = (value) => console.log(JSON.stringify(value))

Page({
  // A server signed the list: it is the dataset of the tap.
  takeCards({ currentTarget: { dataset } }) {
    wx.addCard({ cardList: dataset.list, complete: print })
  },
  // The parts of an activation URL are the dataset.
  activate({ currentTarget: { dataset } }) {
    wx.navigateToMiniProgram({ appId: 'wxeb490c6f9b154ef9', extraData: dataset.extraData })
  },
  onShow() {
    const { referrerInfo } = wx.getEnterOptionsSync()
    if (referrerInfo && referrerInfo.extraData) print(referrerInfo.extraData)
  },
  phoneNumber({ detail }) {
    print(detail)
  },
  prove({ currentTarget: { dataset } }) {
    wx.startSoterAuthentication({
      requestAuthModes: ['fingerPrint'],
      challenge: dataset.challenge,
      complete: print,
    })
  },
})
