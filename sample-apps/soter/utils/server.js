// Requests to the bank's server. A failure has the words to show.

const SERVER = 'https://bank.example'

function post(path, data) {
  return new Promise((done, failed) => {
    wx.request({
      url: SERVER + path,
      method: 'POST',
      data,
      success({ statusCode, data: body }) {
        if (statusCode === 200) {
          done(body)
        } else {
          failed(new Error((body && body.message) || '服务器开小差了，请稍后再试'))
        }
      },
      fail: () => failed(new Error('网络不通，请检查后重试')),
    })
  })
}

module.exports = { post }
