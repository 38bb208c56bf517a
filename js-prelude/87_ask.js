// A question to the scripts by its number, which may be answered by a promise.
(function (host, kit, ask, number) {
  'use strict';
  const asked = new kit.Promise((resolve) => resolve(ask()));
  kit.then(asked, (value) => host.told(number, true, value), (error) => host.told(number, false, error));
})
