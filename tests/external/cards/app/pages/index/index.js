const ask = (path) => new Promise((resolve) => {
  wx.request({ url: `https://shop.example/${path}`, success: ({ data }) => resolve(data) });
});
const print = (name, value) => console.log(JSON.stringify({ name, value }));

Page({
  onLoad() {
    wx.login({});
  },
  async take() {
    const { cardList } = await ask('sign');
    print('taken', (await wx.addCard({ cardList })).cardList);
  },
  // What a server signed elsewhere: the list is the dataset of the tap.
  async takeThese({ currentTarget: { dataset } }) {
    const result = await wx.addCard({ cardList: dataset.list }).catch((error) => error);
    print('these', { errMsg: result.errMsg, cardList: result.cardList });
  },
  async member() {
    print('member', await ask('member'));
  },
});
