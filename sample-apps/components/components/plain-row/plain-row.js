Component({ properties: { row: Object, chosen: Boolean } })
