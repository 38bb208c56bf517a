Page({
  data: {
    questions: [
      { id: 'a', title: '怎样退货', text: '七天内在订单里申请' },
      { id: 'b', title: '怎样开发票', text: '在订单详情里填写抬头' },
    ],
  },

  onAdd() {
    const more = { id: 'c', title: '怎样联系客服', text: '点右上角' }
    this.setData({ questions: [more, ...this.data.questions] })
  },

  onTurn() {
    this.setData({ questions: [...this.data.questions].reverse() })
  },

  onRemove() {
    this.setData({ questions: this.data.questions.slice(1) })
  },

  onNames() {
    console.log('names', this.selectComponent('#faq').names())
  },
})
