const TICKETS = 'wx9f8e7d6c5b4a3f2e';

App({
  onShow({ scene, shareTicket, referrerInfo }) {
    this.shareTicket = shareTicket;
    if (scene === 1038 && referrerInfo.appId === TICKETS) console.log('seat', referrerInfo.extraData.seat);
  },
});
