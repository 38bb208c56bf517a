// The cart, in storage: lines with sku, goodsId, name, spec, price (in fen), stock, count, checked.

const KEY = 'cart'

// The cart while storage is full: it lasts as long as the program runs.
let unkept

function lines() {
  if (unkept !== undefined) return unkept
  const kept = wx.getStorageSync(KEY)
  return Array.isArray(kept) ? kept : []
}

function keep(changed) {
  try {
    wx.setStorageSync(KEY, changed)
    unkept = undefined
  } catch {
    unkept = changed
  }
  return changed
}

// The same goods again is one line with more of them, never more than there are.
function add(line) {
  const all = lines()
  const same = all.find(({ sku }) => sku === line.sku)
  if (same === undefined) {
    return keep([{ ...line, checked: true }, ...all])
  }
  same.count = Math.min(same.count + line.count, line.stock)
  same.stock = line.stock
  return keep(all)
}

function change(sku, members) {
  return keep(lines().map((line) => (line.sku === sku ? { ...line, ...members } : line)))
}

function check(skus) {
  return keep(lines().map((line) => ({ ...line, checked: skus.includes(line.sku) })))
}

function remove(skus) {
  return keep(lines().filter(({ sku }) => !skus.includes(sku)))
}

const checked = () => lines().filter((line) => line.checked)
const total = (some) => some.reduce((sum, { price, count }) => sum + price * count, 0)
const count = () => lines().reduce((sum, line) => sum + line.count, 0)

module.exports = { lines, add, change, check, remove, checked, total, count }
