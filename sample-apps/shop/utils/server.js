// Requests to the shop's server. A failure has a `code` for the program and a `message` for the user.

const SERVER = 'https://api.example'

function ask(method, path, data) {
  return new Promise((done, failed) => {
    wx.request({
      url: SERVER + path,
      method,
      data,
      header: { token: wx.getStorageSync('token') },
      success({ statusCode, data: body }) {
        if (statusCode >= 200 && statusCode < 300) {
          done(body)
        } else {
          failed(refusal(statusCode, body))
        }
      },
      fail: () => failed({ code: 'network', message: '网络不通，请检查后重试' }),
    })
  })
}

// What the server says is shown; without words of its own, as from a proxy, ours.
function refusal(status, body) {
  const { code, message } = body || {}
  return {
    status,
    code: code || `http-${status}`,
    message: message || '服务器开小差了，请稍后再试',
  }
}

const get = (path, data) => ask('GET', path, data)
const post = (path, data) => ask('POST', path, data)

module.exports = { get, post }
