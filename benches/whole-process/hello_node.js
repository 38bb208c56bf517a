// The sample under Node with a hand-written `wx`: what people write who have no simulator.
//
//   node hello_node.js [FOLDER]
//
// Loads the scripts of the program in the platform's order, runs App.onLaunch and onShow, then
// onLoad, onShow and onReady of the first page, and prints the page's data. Nothing is checked, no
// permission exists and every call succeeds; that is the point of the comparison.
'use strict'
const path = require('node:path')

const root = path.resolve(process.argv[2] || path.join(__dirname, '../../sample-apps/hello'))
const config = require(path.join(root, 'app.json'))

const launchOptions = { path: config.pages[0], query: {}, scene: 1001, referrerInfo: {} }
const storage = new Map()
const later = (options, api, result) => {
  setTimeout(() => {
    const answer = { ...result, errMsg: `${api}:ok` }
    if (options.success) options.success(answer)
    if (options.complete) options.complete(answer)
  }, 0)
}
global.wx = {
  getLaunchOptionsSync: () => launchOptions,
  getStorageSync: (key) => (storage.has(key) ? JSON.parse(storage.get(key)) : ''),
  setStorageSync: (key, value) => storage.set(key, JSON.stringify(value)),
  removeStorageSync: (key) => storage.delete(key),
  login: (options) => later(options, 'login', { code: 'code' }),
  authorize: (options) => later(options, 'authorize', {}),
  getLocation: (options) => later(options, 'getLocation', { latitude: 39.9, longitude: 116.4 }),
}

let app
let definition
global.App = (options) => {
  app = options
}
global.getApp = () => app
global.Page = (options) => {
  definition = options
}

require(path.join(root, 'app.js'))
const definitions = config.pages.map((route) => {
  require(path.join(root, route))
  return definition
})

const hook = (target, name, argument) => {
  if (target[name]) target[name](argument)
}
hook(app, 'onLaunch', launchOptions)
hook(app, 'onShow', launchOptions)
const page = { ...definitions[0], data: structuredClone(definitions[0].data) }
page.setData = (patch, callback) => {
  Object.assign(page.data, patch)
  if (callback) callback()
}
hook(page, 'onLoad', {})
hook(page, 'onShow')
hook(page, 'onReady')
console.log(JSON.stringify(page.data))
