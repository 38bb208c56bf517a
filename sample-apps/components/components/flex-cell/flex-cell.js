// Its host is no node: the cell itself is a child of the flex box around it. Class and style that the
// page gives are taken as properties, and put where they belong.
Component({
  options: { virtualHost: true },
  externalClasses: ['class'],
  properties: { style: String, text: String },
})
