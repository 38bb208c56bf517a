// Shows a price. Money is counted in fen, as servers do; `label` may be a number or a text.
Component({
  properties: {
    value: {
      type: Number,
      value: 0,
      observer(now, before) {
        console.log('value', before, '→', now)
      },
    },
    off: Number,
    label: { type: String, optionalTypes: [Number], value: '售价' },
    info: Object,
  },

  data: { text: '', note: '' },

  observers: {
    'value, off'(value, off) {
      const price = Math.max(0, value - off)
      this.setData({ text: `¥${(price / 100).toFixed(2)}` })
    },
    'info.stock'(stock) {
      this.setData({ note: stock === 0 ? '已售罄' : '' })
    },
    'info.**'(info) {
      console.log('info', info)
    },
  },
})
