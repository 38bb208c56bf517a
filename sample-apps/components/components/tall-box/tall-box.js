Component({
  properties: { height: Number },
  methods: {
    // Finds in its own template only; the page's nodes of that class are not seen.
    size(done) {
      this.createSelectorQuery().select('.box').boundingClientRect(done).exec()
    },
  },
})
