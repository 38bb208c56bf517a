App({
  // Who wants an invoice, for what: `{ appId, order, total }`, or null for somebody who just opened the program.
  client: null,

  onShow({ scene, referrerInfo }) {
    if (scene !== 1037) return;
    const { appId, extraData } = referrerInfo;
    this.client = extraData && extraData.order ? { appId, ...extraData } : null;
  },
});
