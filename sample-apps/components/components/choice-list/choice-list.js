// A list whose rows are drawn by a component that the page chooses; without a choice, by plain-row.
Component({
  properties: { rows: Array },
  data: { chosen: -1 },
  methods: {
    onRow({ currentTarget }) {
      const { index } = currentTarget.dataset
      this.setData({ chosen: index })
      this.triggerEvent('choose', { row: this.data.rows[index] })
    },
  },
})
