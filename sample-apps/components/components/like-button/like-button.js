const counting = require('../../behaviors/counting.js')

// Members of the component go before those of its behaviors; objects in `data` are merged, lifetimes
// run one after the other, the behavior's first.
Component({
  behaviors: [counting, 'wx://component-export'],
  data: { options: { unit: '赞' } },
  lifetimes: {
    attached() {
      console.log('like-button attached', this.data.options)
    },
  },
  methods: {
    reset() {
      console.log('no reset of likes')
    },
  },
  // What `selectComponent` gives to others.
  export() {
    return { count: () => this.data.count, add: () => this.add(), reset: () => this.reset() }
  },
})
