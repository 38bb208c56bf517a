const invoice = require('./utils/invoice');

App({
  onShow(options) {
    // Whoever comes back: an invoice written, or nothing.
    invoice.cameBack(options);
  },
});
