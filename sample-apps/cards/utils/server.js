const HOST = 'https://shop.example'

// One request to the shop's server: its data, or an error with a text for the user.
function ask(path, data) {
  return new Promise((resolve, reject) => {
    wx.request({
      url: `${HOST}/${path}`,
      method: 'POST',
      data,
      success: ({ statusCode, data: answer }) => {
        if (statusCode === 200) resolve(answer)
        else reject(new Error('服务器开小差了'))
      },
      fail: () => reject(new Error('网络不可用')),
    })
  })
}

module.exports = {
  // A card signed for this user now. Each signature serves once, so none is kept.
  signCard: (cardId) => ask('cards/sign', { cardId }),

  // The code of a card that was taken: the client only gets it encrypted.
  decryptCode: (cardId, encryptCode) => ask('cards/code', { cardId, encryptCode }),
}
