// Scene of a program that a mobile app opened.
const OPENED_BY_APP = 1069;
// Scenes that keep what was: back from another program, recent lists, floating windows.
const KEEPING = [1001, 1038, 1089, 1090, 1131, 1187];

// Whether `launchApp` can work after the program was entered by a scene. WeChat keeps the same record, also
// over restarts: so the button is only hidden where it is sure to fail.
function nextAbility(scene, before) {
  if (scene === OPENED_BY_APP) return true;
  return KEEPING.includes(scene) && before;
}

module.exports = { nextAbility };
