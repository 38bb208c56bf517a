Page({
  onCapture({ type, mark }) {
    console.log('capture', type, mark)
  },

  onPick({ detail, target, currentTarget }) {
    console.log('page hears', detail.name, `${target.id} › ${currentTarget.id}`)
  },

  onOuter() {
    console.log('outer')
  },

  onMiddle({ mark, target }) {
    console.log('middle', mark, target.dataset)
  },

  onInner() {
    console.log('inner')
  },

  onStop() {
    console.log('stop')
  },
})
