// Wrong on purpose: logs in each time the program is shown, though the session and the token are good.
const session = require('./utils/session.js')

App({
  onShow() {
    session.login().catch(() => {})
  },
})
