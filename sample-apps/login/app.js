const session = require('./utils/session.js')

App({
  onLaunch() {
    // In the background of the start: pages wait for it where they need it.
    session.ready().catch(() => {})
  },
})
