// Payment with WeChat Pay. The server makes the order there and signs it; no key is in the program. What the
// phone says afterwards is no proof, so the server is asked.

const server = require('./server.js')
const session = require('./session.js')
const { stateOf } = require('./orders.js')

// How often, and how many milliseconds apart, the server is asked for a payment that it has not heard of yet.
const TRIES = 3
const WAIT = 1000

// How many milliseconds the cashier may be open until the page no longer waits for it.
const PATIENCE = 2000

// Settles with the order as the server knows it, and with what to tell the user while it is unpaid. How the cashier
// was left may never be told, not even after a payment: `silent` is called when nothing has been heard for a while.
function pay(id, silent) {
  return session.signed(() => server.post(`/orders/${id}/pay`))
    .then((said) => open(id, said, silent))
    .then(({ tries, message }) => confirmed(id, tries).then((order) => ({ order, message })))
}

// Opens the cashier.
function open(id, said, silent) {
  // There is nothing to pay: WeChat Pay refused the order, as when it is paid already.
  if (said.package === undefined) return { tries: 1, message: said.message }
  const waiting = setTimeout(silent, PATIENCE)
  const heard = (end) => {
    clearTimeout(waiting)
    return end
  }
  return wx.requestPayment(said).then(
    () => {
      wx.setStorageSync(`paid ${id}`, true)
      return heard({ tries: TRIES, message: '支付结果确认中，请稍后查看' })
    },
    ({ errMsg }) => heard({ tries: 1, message: errMsg.includes('cancel') ? '已取消支付' : '支付未完成，请重试' }),
  )
}

function confirmed(id, tries) {
  return session.signed(() => server.get(`/orders/${id}`)).then((order) => {
    if (stateOf(order) !== 'unpaid' || tries <= 1) return order
    return new Promise((done) => setTimeout(done, WAIT)).then(() => confirmed(id, tries - 1))
  })
}

module.exports = { pay }
