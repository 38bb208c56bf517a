// The address of the last order, for the next one. It is personal, so it is encrypted where it is kept.

const KEY = 'address'

const kept = () => wx.getStorage({ key: KEY, encrypt: true }).then(({ data }) => data, () => null)

// An address that cannot be kept is typed anew next time.
const keep = (address) => wx.setStorage({ key: KEY, data: address, encrypt: true }).catch(() => {})

module.exports = { kept, keep }
