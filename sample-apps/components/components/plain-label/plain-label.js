// Styles of the page and of app.wxss do not come in; the page gives a class for the text.
Component({
  externalClasses: ['text-class'],
  properties: { text: String },
})
