// What test code sees: globals, and the module `wxsim`.
(function (host, kit) {
  'use strict';
  Object.assign(kit.api, {
    expect: kit.expect,
    fn: kit.fn,
    spyOn: kit.spyOn,
    screen: kit.screen,
    within: kit.within,
    renderComponent: kit.renderComponent,
  });
  for (const name of Object.keys(kit.api)) kit.global(name, kit.api[name]);
  kit.global('__wxsim_api__', kit.strict("the module 'wxsim'", kit.api));
})
