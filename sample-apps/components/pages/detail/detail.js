// A page made by Component: its properties are the query, its hooks are methods.
Component({
  properties: { id: Number, from: { type: String, value: '直接打开' } },

  data: { title: '' },

  observers: {
    id(id) {
      this.setData({ title: `第 ${id} 号` })
    },
  },

  lifetimes: {
    created() {
      console.log('created', this.data.id)
    },
    attached() {
      console.log('attached', this.data.id)
    },
    ready() {
      console.log('ready')
    },
    detached() {
      console.log('detached')
    },
  },

  pageLifetimes: {
    show() {
      console.log('pageLifetimes.show')
    },
    hide() {
      console.log('pageLifetimes.hide')
    },
  },

  methods: {
    onLoad(query) {
      console.log('query', query, 'property', this.data.id)
    },
    onReady() {
      console.log('onReady')
    },
    onUnload() {},
    onNext() {
      wx.redirectTo({ url: `/pages/detail/detail?id=${this.data.id + 1}&from=next` })
    },
  },
})
