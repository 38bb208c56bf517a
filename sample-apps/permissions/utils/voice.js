// Voice notes of a minute at most. `start` needs `scope.record`; `ended` hears whether there is a note.

let recorder
let ended
let isOn = false

function start(listener) {
  if (isOn) return
  if (recorder === undefined) {
    recorder = wx.getRecorderManager()
    recorder.onStop(() => over(true))
    recorder.onError(() => over(false))
  }
  isOn = true
  ended = listener
  recorder.start({ duration: 60000 })
}

function stop() {
  recorder.stop()
}

function over(isGood) {
  isOn = false
  ended(isGood)
}

module.exports = { start, stop, isOn: () => isOn }
