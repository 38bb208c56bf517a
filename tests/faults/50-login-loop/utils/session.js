// Wrong on purpose: logs in and calls again as often as the server says 401: for ever, when it does not know the user.
// The login. The shop's server gives a token for the code of wx.login; it is kept until the server
// refuses it.

const server = require('./server.js')

let pending

function isIn() {
  return wx.getStorageSync('token') !== ''
}

// Settles when there is a token. Several callers share one login; a failed one may be tried again.
function ready() {
  if (isIn()) return Promise.resolve()
  if (pending === undefined) {
    const forget = () => {
      pending = undefined
    }
    pending = login()
    pending.then(forget, forget)
  }
  return pending
}

function login() {
  return wx.login()
    .catch(() => {
      throw { code: 'login', message: '登录失败，请重试' }
    })
    .then(({ code }) => server.post('/login', { code }))
    .then(({ token }) => wx.setStorageSync('token', token))
}

// A call that needs a login. When the token is too old, it logs in anew and calls once more.
function signed(call) {
  return ready().then(call).catch((error) => {
    if (error.status !== 401) throw error
    wx.removeStorageSync('token')
    return signed(call)
  })
}

module.exports = { isIn, ready, signed }
