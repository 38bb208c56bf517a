Component({
  properties: { name: String },
  methods: {
    // Only the component's own listeners hear it.
    onPlain() {
      this.triggerEvent('pick', { name: this.data.name })
    },
    // Elements around the component hear it as well.
    onBubbles() {
      this.triggerEvent('pick', { name: this.data.name }, { bubbles: true })
    },
    // It also passes through components on its way, and listeners of the capture phase come first.
    onComposed() {
      this.triggerEvent('pick', { name: this.data.name }, { bubbles: true, composed: true, capturePhase: true })
    },
  },
})
