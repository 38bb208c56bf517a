// The way to the mini program that writes invoices, and back.

const APP_ID = 'wx8c0d2b4a6f1e3597';
const BACK_FROM_PROGRAM = 1038;

const waiting = [];

// Calls `listener` with the number of the order whose invoice was written; gives what ends that.
function onWritten(listener) {
  waiting.push(listener);
  return () => waiting.splice(waiting.indexOf(listener), 1);
}

// Only a tap may lead here; the user can say no to the dialog.
function open({ id, total }) {
  return new Promise((resolve) => {
    wx.navigateToMiniProgram({
      appId: APP_ID,
      path: `pages/make/make?order=${encodeURIComponent(id)}`,
      extraData: { order: id, total },
      success: () => resolve(true),
      fail: ({ errMsg }) => {
        if (!/cancel/.test(errMsg)) wx.showToast({ title: '暂时无法开票', icon: 'none' });
        resolve(false);
      },
    });
  });
}

// Options of App.onShow. The user may as well have come back with nothing done, or from another program.
function cameBack({ scene, referrerInfo }) {
  const isIt = scene === BACK_FROM_PROGRAM && referrerInfo && referrerInfo.appId === APP_ID;
  const order = isIt && referrerInfo.extraData && referrerInfo.extraData.order;
  if (order) waiting.forEach((listener) => listener(order));
}

module.exports = { onWritten, open, cameBack };
