// Each row is drawn by the one who uses the list: the slot hands over the row and its number.
Component({
  options: { dynamicSlots: true },
  properties: { rows: Array },
})
