// Everything this app keeps is in storage, under two keys.
const VISITS = 'visits'
const NOTES = 'notes'

// Counts one more visit and returns how many there were, this one included.
function countVisit() {
  // A missing key gives the empty string.
  const visits = (wx.getStorageSync(VISITS) || 0) + 1
  wx.setStorageSync(VISITS, visits)
  return visits
}

// All notes, oldest first: [{ id, text }].
function readNotes() {
  return wx.getStorageSync(NOTES) || []
}

// Appends a note and returns it.
function addNote(text) {
  const notes = readNotes()
  const last = notes[notes.length - 1]
  const note = { id: last ? last.id + 1 : 1, text }
  wx.setStorageSync(NOTES, notes.concat(note))
  return note
}

// The note with this id, or undefined.
function findNote(id) {
  return readNotes().find((note) => note.id === id)
}

function removeNote(id) {
  wx.setStorageSync(NOTES, readNotes().filter((note) => note.id !== id))
}

function clearNotes() {
  wx.removeStorageSync(NOTES)
}

module.exports = { countVisit, readNotes, addNote, findNote, removeNote, clearNotes }
