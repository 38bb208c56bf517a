const { prove } = require('../../utils/biometric.js')
const { post } = require('../../utils/server.js')

const TO = '李雷'
const CENTS = 20000

Page({
  data: { to: TO, yuan: (CENTS / 100).toFixed(2), asksPassword: false, busy: false, status: '' },

  // The challenge is the server's and good for one transfer, so nobody can use a proof twice.
  async onTransfer() {
    if (this.data.busy) return
    this.setData({ busy: true, status: '' })
    try {
      const { challenge } = await post('/transfers', { to: TO, cents: CENTS })
      this.challenge = challenge
      const { proof, reason } = await prove(challenge, `向${TO}转账 ${this.data.yuan} 元`)
      if (proof) {
        await this.confirm({ challenge, ...proof })
      } else {
        this.setData({ asksPassword: true, status: reason })
      }
    } catch (error) {
      this.setData({ status: error.message })
    } finally {
      this.setData({ busy: false })
    }
  },

  async onPassword(event) {
    const { password } = event.detail.value
    if (!/^\d{6}$/.test(password)) {
      this.setData({ status: '支付密码是 6 位数字' })
      return
    }
    try {
      await this.confirm({ challenge: this.challenge, password })
    } catch (error) {
      this.setData({ status: error.message })
    }
  },

  async confirm(evidence) {
    const { balance } = await post('/transfers/confirm', evidence)
    this.setData({ asksPassword: false, status: `转账成功，余额 ${(balance / 100).toFixed(2)} 元` })
  },
})
