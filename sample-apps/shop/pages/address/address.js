const addresses = require('../../utils/address.js')

const CHECKS = [
  ['name', (text) => text.trim() !== '', '请填写收货人'],
  ['phone', (text) => /^1[3-9]\d{9}$/.test(text), '手机号不正确'],
  ['region', (parts) => parts.length === 3, '请选择地区'],
  ['street', (text) => text.trim().length >= 4, '详细地址太短'],
]

Page({
  data: { address: { name: '', phone: '', region: '', street: '' }, region: [], errors: {} },

  onLoad() {
    addresses.kept().then((address) => {
      if (address) this.setData({ address, region: address.region.split(' ') })
    })
  },

  onRegion({ detail }) {
    this.setData({ region: detail.value })
  },

  // A help and no more: who refuses types the address.
  onMap() {
    wx.chooseLocation().then(
      ({ address, name }) => this.setData({ 'address.street': `${address}${name}` }),
      ({ errMsg }) => {
        if (!/cancel/.test(errMsg)) wx.showToast({ title: '不能打开地图，请手动填写', icon: 'none' })
      },
    )
  },

  onSave({ detail }) {
    const values = { ...detail.value, region: this.data.region }
    const errors = {}
    for (const [field, isGood, words] of CHECKS) {
      if (!isGood(values[field])) errors[field] = words
    }
    this.setData({ errors })
    if (Object.keys(errors).length) return
    const address = { ...values, region: values.region.join(' ') }
    addresses.keep(address)
    this.getOpenerEventChannel().emit('saved', address)
    wx.navigateBack()
  },
})
