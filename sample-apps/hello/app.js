App({
  onLaunch(options) {
    // The only line this app prints: where the user came from.
    console.log('launched from scene', options.scene)
  },

  globalData: {
    code: '',
  },
})
