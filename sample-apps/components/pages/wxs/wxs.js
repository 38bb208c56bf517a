Page({
  data: {
    words: '茶',
    at: 1785373200000,
    rows: [
      { id: 1, name: '乌龙茶', from: 4800, to: 12800 },
      { id: 2, name: '茶杯', from: 2600, to: 2600 },
    ],
  },

  onWords({ detail }) {
    this.setData({ words: detail.value })
  },
})
