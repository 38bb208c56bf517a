Page({
  data: {
    footer: false,
    cities: [{ id: 'gz', name: '广州' }, { id: 'sz', name: '深圳' }],
  },

  onFooter() {
    this.setData({ footer: !this.data.footer })
  },

  onAdd() {
    this.setData({ cities: [{ id: 'zh', name: '珠海' }, ...this.data.cities] })
  },

  onClear() {
    this.setData({ cities: [] })
  },

  // What is in a slot belongs to the page: its events and its ids are here.
  onCity({ currentTarget }) {
    console.log('city', currentTarget.dataset.id)
  },
})
