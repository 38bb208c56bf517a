const CITIES = [['广东', '湖南'], ['广州', '深圳']]

Page({
  data: { sizes: ['小', '中', '大'], cities: CITIES, size: 1, error: '', sent: '' },

  onSize({ detail }) {
    this.setData({ size: Number(detail.value) })
  },

  // The second column follows the first.
  onColumn({ detail }) {
    if (detail.column === 0) {
      this.setData({ 'cities[1]': detail.value === 0 ? ['广州', '深圳'] : ['长沙', '岳阳'] })
    }
  },

  onSubmit({ detail }) {
    const error = this.check(detail.value)
    this.setData({ error, sent: error ? '' : JSON.stringify(detail.value) })
  },

  check({ name, phone, agree }) {
    if (!name.trim()) return '请填写姓名'
    if (!/^1\d{10}$/.test(phone)) return '手机号不正确'
    if (!agree.length) return '请先同意条款'
    return ''
  },

  onReset() {
    this.setData({ error: '', sent: '', size: 1 })
  },
})
