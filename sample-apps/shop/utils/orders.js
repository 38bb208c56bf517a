// Where an order stands: what the shop's server says, unless WeChat Pay has told it of a payment.

function stateOf({ state, payment }) {
  return payment && payment.trade_state === 'SUCCESS' ? 'paid' : state
}

const WORDS = { unpaid: '待支付', paid: '已支付', cancelled: '已取消' }

module.exports = { stateOf, WORDS }
