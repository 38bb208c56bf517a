// Wrong on purpose: a code whose exchange failed is kept and sent again, though the server may have used it.
// The login session. The server keeps `session_key`; the program keeps a token of the server's own.

const SERVER = 'https://api.example'
let pending
let kept

// Settles when a session is there: the one from before, if it is still valid, else a new one.
function ready() {
  if (pending === undefined) {
    pending = check().catch(login)
    // A failed login may be tried again.
    pending.catch(() => {
      pending = undefined
    })
  }
  return pending
}

function check() {
  return new Promise((done, failed) => {
    const token = wx.getStorageSync('token')
    if (!token) {
      failed(new Error('no token'))
      return
    }
    wx.checkSession({ success: () => done(token), fail: failed })
  })
}

function login() {
  return new Promise((done, failed) => {
    const exchange = () => post('/login', { code: kept }).then((data) => {
      kept = undefined
      wx.setStorageSync('token', data.token)
      done(data.token)
    }, failed)
    if (kept !== undefined) {
      exchange()
      return
    }
    wx.login({
      success: ({ code }) => {
        kept = code
        exchange()
      },
      fail: failed,
    })
  })
}

function post(path, data) {
  return new Promise((done, failed) => {
    wx.request({
      url: SERVER + path,
      method: 'POST',
      data,
      header: { token: wx.getStorageSync('token') },
      success: (answer) => {
        if (answer.statusCode === 401) forget()
        if (answer.statusCode === 200) done(answer.data)
        else failed(answer)
      },
      fail: failed,
    })
  })
}

// The server does not know the token any more: who needs a session next logs in.
function forget() {
  pending = undefined
  wx.removeStorageSync('token')
}

module.exports = { ready, post }
