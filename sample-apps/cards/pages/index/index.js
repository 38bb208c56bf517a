const { signCard, decryptCode } = require('../../utils/server.js')
const { choose, problem } = require('../../utils/choose.js')

const CARD_ID = 'pTeaCoupon'

Page({
  data: { address: null, title: null, coupon: null, busy: false, status: '' },

  onLoad() {
    this.setData({ coupon: wx.getStorageSync('coupon') || null })
  },

  onAddress() {
    return this.attempt(async () => {
      const address = await choose(wx.chooseAddress)
      if (!address) return
      const { userName, telNumber, provinceName, cityName, countyName, detailInfo } = address
      this.setData({
        address: { name: userName, phone: telNumber, place: provinceName + cityName + countyName + detailInfo },
      })
    })
  },

  onInvoice() {
    return this.attempt(async () => {
      const title = await choose(wx.chooseInvoiceTitle)
      // `type` is a text on some clients and a number on others.
      if (title) this.setData({ title: { text: title.title, isCompany: Number(title.type) === 0 } })
    })
  },

  onTake() {
    return this.attempt(async () => {
      const result = await choose(wx.addCard, { cardList: [await signCard(CARD_ID)] })
      if (!result) return
      const [{ isSuccess, cardId, code }] = result.cardList
      if (!isSuccess) throw new Error('没有领到')
      const coupon = await decryptCode(cardId, code)
      wx.setStorageSync('coupon', coupon)
      this.setData({ coupon, status: '领取成功' })
    })
  },

  onOpen() {
    return this.attempt(() => wx.openCard({ cardList: [this.data.coupon] }))
  },

  // Runs one thing at a time and tells the user what went wrong.
  async attempt(work) {
    if (this.data.busy) return
    this.setData({ busy: true, status: '' })
    try {
      await work()
    } catch (error) {
      this.setData({ status: problem(error) })
    }
    this.setData({ busy: false })
  },
})
