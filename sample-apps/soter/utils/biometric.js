// Who holds the phone? `prove` gives a signed text for the server, or `null` when the password has to
// do: no sensor, nothing enrolled, too many tries, or the user would rather type. It never rejects.
//
// What it gives proves nothing here: only the server, which asks WeChat, knows whether it is true.

// Asked for in this order; `speech` is reserved.
const MODES = ['fingerPrint', 'facial']

const CANCELLED = 90008
const FROZEN = 90010

// WeChat before base library 1.6.0 lacks the calls, and so does the developer tool.
const exists = () => Boolean(wx.startSoterAuthentication && wx.checkIsSoterEnrolledInDevice)

function supportedModes() {
  return new Promise((done) => {
    wx.checkIsSupportSoterAuthentication({
      success: ({ supportMode }) => done(MODES.filter((mode) => supportMode.includes(mode))),
      fail: () => done([]),
    })
  })
}

function isEnrolled(mode) {
  return new Promise((done) => {
    wx.checkIsSoterEnrolledInDevice({
      checkAuthMode: mode,
      success: (result) => done(result.isEnrolled),
      fail: () => done(false),
    })
  })
}

// The modes that can be used right now.
async function usableModes() {
  if (!exists()) return []
  const supported = await supportedModes()
  const enrolled = await Promise.all(supported.map(isEnrolled))
  return supported.filter((mode, at) => enrolled[at])
}

function authenticate(requestAuthModes, challenge, authContent) {
  return new Promise((done) => {
    wx.startSoterAuthentication({
      requestAuthModes,
      challenge,
      authContent,
      success: ({ resultJSON, resultJSONSignature }) => {
        done({ proof: { resultJSON, resultJSONSignature }, reason: '' })
      },
      fail: ({ errCode }) => done({ proof: null, reason: reasonOf(errCode) }),
    })
  })
}

// Why the password is asked for, in words for the user.
function reasonOf(errCode) {
  if (errCode === CANCELLED) return '已取消，请输入支付密码'
  if (errCode === FROZEN) return '验证次数过多，请输入支付密码'
  return '验证失败，请输入支付密码'
}

async function prove(challenge, authContent) {
  const modes = await usableModes()
  if (modes.length === 0) return { proof: null, reason: '请输入支付密码' }
  return authenticate(modes, challenge, authContent)
}

module.exports = { prove }
