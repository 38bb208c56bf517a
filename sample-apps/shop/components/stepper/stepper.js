// A number between `min` and `max`. It says what is wanted; who uses it gives the new value.
Component({
  properties: { value: { type: Number, value: 1 }, min: { type: Number, value: 1 }, max: { type: Number, value: 99 } },
  // What is in the field: while the user types it is not the value yet.
  data: { typed: '1' },

  observers: {
    value(value) {
      this.setData({ typed: String(value) })
    },
  },

  methods: {
    onLess() {
      this.want(this.data.value - 1)
    },
    onMore() {
      this.want(this.data.value + 1)
    },
    onType({ detail }) {
      this.setData({ typed: detail.value })
    },
    // What is no number leaves the value as it is, and the field shows that again.
    onTyped() {
      const { typed, value } = this.data
      this.want(/^\d+$/.test(typed) ? Number(typed) : value)
      this.setData({ typed: String(this.data.value) })
    },
    want(number) {
      const { value, min, max } = this.data
      const wanted = Math.min(Math.max(number, min), max)
      if (wanted !== number) this.triggerEvent('limit', { min, max })
      if (wanted !== value) this.triggerEvent('change', { value: wanted })
    },
  },
})
