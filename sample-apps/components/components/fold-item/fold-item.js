Component({
  relations: { '../fold-list/fold-list': { type: 'parent' } },
  properties: { name: String, title: String },
  data: { open: false },
  methods: {
    onTitle() {
      const [list] = this.getRelationNodes('../fold-list/fold-list')
      list.open(this.data.open ? '' : this.data.name)
    },
    show(open) {
      if (open !== this.data.open) this.setData({ open })
    },
  },
})
