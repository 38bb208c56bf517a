// A component hears when its page is shown, hidden or resized.
Component({
  data: { times: 0 },
  pageLifetimes: {
    show() {
      this.setData({ times: this.data.times + 1 })
    },
    hide() {
      console.log('the page of shown-note hides')
    },
  },
})
