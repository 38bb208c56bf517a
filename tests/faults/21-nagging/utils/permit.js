// Wrong on purpose: takes no "no": the dialog comes again as soon as it is closed.
// One way to ask for a permission, for every page: at the moment of use, and with a way back.
//
// `use` calls the API that needs the permission; the client asks when it must. After a refusal, now
// or earlier, nothing is asked any more: only the settings page helps, and it needs a tap. The tap
// on the button of the dialog is one.

// What the user is told after a refusal, by scope.
const REASONS = {
  'scope.userLocation': '需要位置权限才能查找附近的门店',
  'scope.record': '需要麦克风权限才能录音',
  'scope.addPhoneContact': '需要通讯录权限才能保存门店电话',
}

function use(scope, api, options) {
  const ask = (done, failed) => api({ ...options, success: done, fail: failed })
  ask(options.success, (error) => {
    if (isRefusal(error)) {
      offerSettings(scope, () => ask(options.success, options.fail), options.fail)
    } else {
      options.fail(error)
    }
  })
}

// The words differ by platform: `fail auth deny`, `fail:auth deny`, `fail:auth denied`.
function isRefusal(error) {
  return /auth den(y|ied)/.test(error.errMsg)
}

function offerSettings(scope, again, failed) {
  wx.showModal({
    title: '需要授权',
    content: REASONS[scope],
    confirmText: '去设置',
    success(choice) {
      if (!choice.confirm) {
        offerSettings(scope, again, failed)
        return
      }
      wx.openSetting({
        success(result) {
          if (result.authSetting[scope]) {
            again()
          } else {
            failed({ errMsg: 'user stays without ' + scope })
          }
        },
        fail: failed,
      })
    },
  })
}

module.exports = { use }
