const session = require('../../utils/session.js')
const group = require('../../utils/group.js')

// The single page of the timeline: no login, no menu, it shows what everybody may see.
const isSinglePage = () => getApp().entry.scene === 1154

Page({
  data: {
    id: '',
    title: '',
    joined: [],
    // Where the card was opened: '' not yet known, 'group', 'chat', 'timeline'.
    place: '',
    notice: '',
  },

  onLoad({ id = '7' }) {
    this.setData({ id })
    // Cards of this page give a ticket to whoever opens them in a group.
    if (!isSinglePage()) wx.showShareMenu({ withShareTicket: true, menus: ['shareAppMessage', 'shareTimeline'] })
  },

  onShow() {
    this.refresh()
  },

  refresh() {
    const path = `/events/${this.data.id}`
    const { entry } = getApp()
    const single = isSinglePage()
    session.get(path)
      .then(({ title, joined }) => this.setData({ title, joined, notice: '' }))
      .then(() => (single ? undefined : group.read(entry, `${path}/group`)))
      .then((found) => {
        if (found === undefined) this.setData({ place: single ? 'timeline' : 'chat' })
        else this.setData({ place: 'group', joined: found.joined })
      })
      .catch(() => this.setData({ notice: '暂时读不到，点此重试' }))
  },

  onJoin() {
    const { scene } = getApp().entry
    session.post(`/events/${this.data.id}/join`, { scene })
      .then(({ joined }) => this.setData({ joined }))
      .catch(() => this.setData({ notice: '没有参加成功，点此重试' }))
  },

  onShareAppMessage({ from, target }) {
    const { id, title } = this.data
    const invites = from === 'button' && target.dataset.invites
    return {
      title: invites ? `一起拼：${title}` : title,
      path: `/pages/event/event?id=${id}`,
    }
  },

  onShareTimeline() {
    const { id, title } = this.data
    return { title, query: `id=${id}` }
  },
})
