const ROWS = 1000

const rows = []
for (let n = 0; n < ROWS; n += 1) rows.push({ id: n, text: 'row ' + n, done: false })
let turn = 0

Page({
  data: { rows, other: 0 },
  open() {},
  nothing() {},
  one() {
    this.setData({ 'rows[500].done': !this.data.rows[500].done })
  },
  all() {
    turn += 1
    const next = ({ id }) => ({ id, text: 'row ' + id + ' ' + turn, done: turn % 2 === 0 })
    this.setData({ rows: this.data.rows.map(next) })
  },
  unrelated() {
    this.setData({ other: this.data.other + 1 })
  },
  reverse() {
    this.setData({ rows: this.data.rows.slice().reverse() })
  },
})
