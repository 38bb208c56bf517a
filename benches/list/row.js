Component({ properties: { number: Number, done: Boolean, text: String } })
