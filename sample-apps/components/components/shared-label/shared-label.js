// Styles of app.wxss and of the page come in.
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { text: String },
})
