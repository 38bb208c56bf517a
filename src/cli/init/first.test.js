const { test, expect } = require('wxsim');

// Each test begins with a phone on which the mini program has never run.
test('it starts', async ({ app, clock }) => {
  await app.launch();
  await clock.advance('2s');
  expect(app).toBeOnPage('HOME_PAGE');
  expect(app).toHaveNoErrors();
});

// Delete `.skip`, and write what your user does: `wxsim run . --tree` shows what is on the page.
test.skip('the user refuses, and can go on', async ({ app, user, screen }) => {
  user.answers({ 'scope.userLocation': 'deny', modal: 'cancel' });
  await app.launch();
  await user.tap('"定位"');
  expect(user).toHavePrompted('scope.userLocation');
  expect(screen).toShow('未授权');
});
