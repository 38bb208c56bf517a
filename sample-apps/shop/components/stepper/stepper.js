// A number between `min` and `max`. It says what is wanted; who uses it gives the new value.
Component({
  properties: { value: { type: Number, value: 1 }, min: { type: Number, value: 1 }, max: { type: Number, value: 99 } },
  methods: {
    onLess() {
      this.want(this.data.value - 1)
    },
    onMore() {
      this.want(this.data.value + 1)
    },
    // What is no number leaves the value as it is; the field shows it again.
    onTyped({ detail }) {
      const typed = Number(detail.value)
      this.want(Number.isInteger(typed) ? typed : this.data.value)
    },
    want(number) {
      const { value, min, max } = this.data
      const wanted = Math.min(Math.max(number, min), max)
      if (wanted !== number) this.triggerEvent('limit', { min, max })
      if (wanted !== value) {
        this.triggerEvent('change', { value: wanted })
      } else {
        this.setData({ value })
      }
    },
  },
})
