// What the user chose, or null when the page was closed: closing it is no error.
// `call` is a function of wx that opens such a page: choose(wx.chooseAddress).
async function choose(call, options = {}) {
  try {
    return await call(options)
  } catch (error) {
    if (/:fail[: ]cancel$/.test(error.errMsg)) return null
    throw error
  }
}

// A failure in words for the user.
function problem({ errMsg, message }) {
  if (!errMsg) return message
  if (/privacy permission is not authorized/.test(errMsg)) return '需要同意隐私保护指引'
  if (/sold out/.test(errMsg)) return '已经领完了'
  if (/get limit/.test(errMsg)) return '您已领过这张券'
  return '操作失败，请稍后再试'
}

module.exports = { choose, problem }
