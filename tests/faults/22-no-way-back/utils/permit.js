// Wrong on purpose: after a refusal the client asks no more, and nothing here leads to the settings.
function use(scope, api, options) {
  api(options)
}

module.exports = { use }
