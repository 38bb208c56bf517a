// The sheet in which a variant of the goods is chosen: one value of each spec, and how many.
Component({
  properties: { goods: Object, shown: Boolean },

  data: { picked: [], count: 1, sku: null, usable: [] },

  observers: {
    goods(goods) {
      if (!goods) return
      // What leaves no choice is chosen already.
      const picked = goods.specs.map(({ values }) => (values.length === 1 ? values[0] : ''))
      this.pick(picked)
    },
    shown() {
      this.setData({ count: 1 })
    },
  },

  methods: {
    onValue({ currentTarget }) {
      const { spec, value, usable } = currentTarget.dataset
      if (!usable) return
      const picked = [...this.data.picked]
      picked[spec] = picked[spec] === value ? '' : value
      this.pick(picked)
    },

    // A value is usable when a variant with it and the other picks is in stock.
    pick(picked) {
      const { specs, skus } = this.data.goods
      const fits = (values, wanted) => wanted.every((value, at) => value === '' || value === values[at])
      const inStock = (wanted) => skus.some((sku) => sku.stock > 0 && fits(sku.values, wanted))
      const usable = specs.map(({ values }, spec) => values.map((value) => {
        const wanted = [...picked]
        wanted[spec] = value
        return inStock(wanted)
      }))
      const isWhole = picked.every((value) => value !== '')
      const sku = isWhole ? skus.find(({ values }) => fits(values, picked)) : undefined
      this.setData({ picked, usable, sku: sku || null, count: 1 })
    },

    onCount({ detail }) {
      this.setData({ count: detail.value })
    },

    onLimit({ detail }) {
      wx.showToast({ title: `最多买 ${detail.max} 件`, icon: 'none' })
    },

    onClose() {
      this.triggerEvent('close')
    },

    onTake() {
      const { sku, count, goods, picked } = this.data
      if (sku === null) {
        const open = goods.specs.find((spec, at) => picked[at] === '')
        wx.showToast({ title: `请选择${open.name}`, icon: 'none' })
        return
      }
      this.triggerEvent('take', { sku, count })
    },
  },
})
