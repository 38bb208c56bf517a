// The login session. The server keeps `session_key`; the program keeps a token of the server's own.

const SERVER = 'https://api.example'
let pending

// Settles when the server knows the user: with the token of this run, or by a new login.
function ready() {
  if (pending === undefined) {
    pending = login()
    // A failed login may be tried again.
    pending.catch(() => {
      pending = undefined
    })
  }
  return pending
}

// The next call logs in again: the server's key was too old for what it got.
function forget() {
  pending = undefined
}

function login() {
  return new Promise((done, failed) => {
    wx.login({
      success: ({ code }) => send('POST', '/login', { code }).then(({ token }) => done(token), failed),
      fail: failed,
    })
  })
}

function send(method, path, data, token = '') {
  return new Promise((done, failed) => {
    wx.request({
      url: SERVER + path,
      method,
      data,
      header: { token },
      success: (answer) => (answer.statusCode === 200 ? done(answer.data) : failed(answer)),
      fail: failed,
    })
  })
}

// A call for which the server has to know the user.
function post(path, data) {
  return ready().then((token) => send('POST', path, data, token))
}

const get = (path) => send('GET', path)

module.exports = { ready, forget, get, post }
