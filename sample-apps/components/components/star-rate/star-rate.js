// A field of a form like the built-in ones: the form takes `value` under `name`.
Component({
  behaviors: ['wx://form-field'],
  properties: { value: { type: Number, value: 0 } },
  methods: {
    onStar({ currentTarget }) {
      this.setData({ value: currentTarget.dataset.star })
    },
  },
})
