// Something that counts: a property for the start, the count, and a method that a component may call.
module.exports = Behavior({
  properties: { from: { type: Number, value: 0 } },
  data: { count: 0, options: { step: 1, unit: '次' } },
  lifetimes: {
    attached() {
      console.log('counting attached')
      this.setData({ count: this.data.from })
    },
  },
  methods: {
    add() {
      this.setData({ count: this.data.count + this.data.options.step })
      this.triggerEvent('count', { count: this.data.count })
    },
    reset() {
      this.setData({ count: this.data.from })
    },
  },
})
