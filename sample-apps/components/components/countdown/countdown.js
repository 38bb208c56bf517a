// Fields with a leading `_` are not sent to the view; observers see them all the same.
Component({
  options: { pureDataPattern: /^_/ },
  properties: { seconds: Number },
  data: { _left: 0, text: '' },
  observers: {
    seconds(seconds) {
      this.setData({ _left: seconds })
    },
    _left(left) {
      this.setData({ text: left > 0 ? `还剩 ${left} 秒` : '时间到' })
    },
  },
  lifetimes: {
    attached() {
      this.timer = setInterval(() => this.tick(), 1000)
    },
    detached() {
      clearInterval(this.timer)
    },
  },
  methods: {
    tick() {
      this.setData({ _left: this.data._left - 1 })
      if (this.data._left === 0) {
        clearInterval(this.timer)
        this.triggerEvent('end')
      }
    },
  },
})
