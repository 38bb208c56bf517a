// The foot of a list that is loaded page by page: `loading`, `more`, `end`, `empty` or `failed`.
Component({
  properties: { state: String, words: { type: String, value: '没有更多了' } },
  methods: {
    onRetry() {
      this.triggerEvent('retry')
    },
  },
})
