// Shares itself with a ticket and prints, encrypted, where it was opened.
Page({
  onLoad({ private: isPrivate }) {
    wx.showShareMenu({ withShareTicket: true });
    if (isPrivate) wx.updateShareMenu({ isPrivateMessage: true, activityId: 'activity/1' });
  },
  onShareAppMessage() {},
  ask() {
    const shareTicket = getApp().ticket;
    const tell = (name) => (result) => console.log(JSON.stringify({ name, ...result }));
    const call = (name, options) => {
      if (wx[name]) wx[name]({ ...options, complete: tell(name) });
    };
    wx.login({
      success() {
        call('getShareInfo', { shareTicket });
        call('getGroupEnterInfo', { allowSingleChat: true, needGroupOpenID: true });
        call('authPrivateMessage', { shareTicket });
      },
    });
  },
});
