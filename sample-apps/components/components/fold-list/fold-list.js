// A list of folds of which one at most is open. Items come and go; the list knows them by `relations`.
Component({
  relations: {
    '../fold-item/fold-item': {
      type: 'child',
      linked(item) {
        console.log('linked', item.data.name)
      },
      linkChanged(item) {
        console.log('linkChanged', item.data.name)
      },
      unlinked(item) {
        console.log('unlinked', item.data.name)
      },
    },
  },
  methods: {
    names() {
      return this.getRelationNodes('../fold-item/fold-item').map((item) => item.data.name)
    },
    open(name) {
      this.getRelationNodes('../fold-item/fold-item').forEach((item) => item.show(item.data.name === name))
    },
  },
})
