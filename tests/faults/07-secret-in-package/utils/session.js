// Wrong on purpose: holds the appsecret and calls api.weixin.qq.com, which is the server's to do.
// The login session. The server keeps `session_key`; the program keeps a token of the server's own.

const SERVER = 'https://api.example'
const APP_ID = 'wx5f7e3d0c9b8a1624'
const APP_SECRET = '4d1f0a6c2b9e8375d0c4a1b6f3e29857'
let pending

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
    wx.login({
      // The code is good for five minutes and for one exchange: it goes to the server at once.
      success: ({ code }) => openid(code, (user) => post('/login', { user }).then((data) => {
        wx.setStorageSync('token', data.token)
        done(data.token)
      }, failed)),
      fail: failed,
    })
  })
}

// For the statistics: without it they have no user.
function openid(code, told) {
  wx.request({
    url: 'https://api.weixin.qq.com/sns/jscode2session',
    data: { appid: APP_ID, secret: APP_SECRET, js_code: code, grant_type: 'authorization_code' },
    success: ({ data }) => told(data.openid || ''),
    fail: () => told(''),
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
