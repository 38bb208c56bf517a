const BASE = 'https://api.example';

// The answer of the own server, or undefined.
function get(path) {
  return new Promise((resolve) => {
    wx.request({
      url: BASE + path,
      success: ({ statusCode, data }) => resolve(statusCode === 200 ? data : undefined),
      fail: () => resolve(undefined),
    });
  });
}

module.exports = { get };
