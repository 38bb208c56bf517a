// A question of a test, which may be answered by a promise.
(function (host, kit, ask) {
  'use strict';
  const asked = new kit.Promise((resolve) => resolve(ask()));
  kit.then(asked, (value) => host.told(true, value), (error) => host.told(false, error));
})
