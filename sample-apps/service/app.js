const { nextAbility } = require('./utils/app-ability');

App({
  globalData: { canOpenApp: false },

  // Every way in counts: the ability comes and goes with the scene.
  onShow({ scene }) {
    this.globalData.canOpenApp = nextAbility(scene, this.globalData.canOpenApp);
  },
});
