// `model:value` inside hands what is typed to the property; `model:value` at the page hands it on.
Component({
  properties: { value: String },
  methods: {
    onClear() {
      this.setData({ value: '' })
    },
  },
})
