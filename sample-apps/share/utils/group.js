// In which group the program was opened. Only the server can read that, with its session key.

const session = require('./session.js')

// `undefined` outside of groups: a chat of two, the menu, a card that was shared without ticket.
function read({ shareTicket }, path) {
  if (shareTicket === undefined) return Promise.resolve(undefined)
  return attempt(shareTicket, path).catch((problem) => {
    // 409: the server's key is older than the data. Both are made anew, once.
    if (problem.statusCode !== 409) throw problem
    session.forget()
    return attempt(shareTicket, path)
  })
}

// The login comes first: data are encrypted with the key that is alive when they are asked for.
function attempt(shareTicket, path) {
  return session.ready()
    .then(() => info(shareTicket))
    .then(({ encryptedData, iv }) => session.post(path, { encryptedData, iv }))
}

function info(shareTicket) {
  return new Promise((success, fail) => {
    wx.getShareInfo({ shareTicket, success, fail })
  })
}

module.exports = { read }
