App({
  // How the program was last opened: pages read it in their own onShow.
  entry: {},

  onShow(options) {
    this.entry = options
  },
})
