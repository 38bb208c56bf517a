const invoice = require('../../utils/invoice');
const server = require('../../utils/server');

Page({
  data: { order: null, invoice: '' },

  async onLoad({ id }) {
    this.id = id;
    this.forget = invoice.onWritten((order) => {
      if (order === this.id) this.ask();
    });
    this.setData({ order: await server.get(`/orders/${id}`) });
  },

  onUnload() {
    this.forget();
  },

  onInvoice() {
    invoice.open(this.data.order);
  },

  // What another program says is a hint; whether there is an invoice the own server knows.
  async ask() {
    const answer = await server.get(`/orders/${this.id}/invoice`);
    this.setData({ invoice: answer ? answer.title : '' });
  },
});
