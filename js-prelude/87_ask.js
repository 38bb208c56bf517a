// A question of a test, which may be answered by a promise; the number tells its answer from that of another one.
(function (host, kit, ask, number) {
  'use strict';
  const asked = new kit.Promise((resolve) => resolve(ask()));
  kit.then(asked, (value) => host.told(number, true, value), (error) => host.told(number, false, error));
})
