// Has an order-row in its own template: events of the row that are not composed end here.
Component({
  methods: {
    onPick({ type, target, currentTarget, detail }) {
      console.log('panel hears', type, detail.name, `${target.id} › ${currentTarget.id}`)
    },
  },
})
