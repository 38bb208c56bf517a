App({
  onShow({ shareTicket = '' }) {
    this.ticket = shareTicket;
  },
});
