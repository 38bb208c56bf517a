// A `wx` as people write it by hand: every call succeeds at once.
'use strict'
const later = (options, result) => setTimeout(() => options.success && options.success(result), 0)
exports.start = (file) => {
  let definition
  global.Page = (options) => {
    definition = options
  }
  global.wx = {
    login: (options) => later(options, { code: 'code' }),
    authorize: (options) => later(options, {}),
    request: (options) => later(options, { statusCode: 200, data: { timeStamp: '1' } }),
    requestPayment: (options) => later(options, {}),
  }
  delete require.cache[require.resolve(file)]
  require(file)
  const page = Object.create(definition)
  page.data = { ...definition.data }
  page.setData = (data) => Object.assign(page.data, data)
  return page
}
