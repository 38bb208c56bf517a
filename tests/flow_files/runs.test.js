const { test, expect } = require('wxsim');

test.use({ app: '../../sample-apps/shop', strict: { console: false }, answers: { 'scope.userInfo': 'allow', pay: 'pay' } });

for (const { title, use, count } of [
  { title: 'pay by every way [persona=allow-all, compatDate=2019-01-01, answers.modal=confirm, count=1]', use: { persona: 'allow-all', compatDate: '2019-01-01', answers: { 'scope.userInfo': 'allow', pay: 'pay', modal: 'confirm' } }, count: 1 },
  { title: 'pay by every way [persona=allow-all, compatDate=2026-07-01, answers.modal=cancel, count=99]', use: { persona: 'allow-all', compatDate: '2026-07-01', answers: { 'scope.userInfo': 'allow', pay: 'pay', modal: 'cancel' } }, count: 99 },
  { title: 'pay by every way [persona=deny-all, compatDate=2019-01-01, answers.modal=cancel, count=1]', use: { persona: 'deny-all', compatDate: '2019-01-01', answers: { 'scope.userInfo': 'allow', pay: 'pay', modal: 'cancel' } }, count: 1 },
  { title: 'pay by every way [persona=deny-all, compatDate=2026-07-01, answers.modal=confirm, count=99]', use: { persona: 'deny-all', compatDate: '2026-07-01', answers: { 'scope.userInfo': 'allow', pay: 'pay', modal: 'confirm' } }, count: 99 },
  { title: 'pay by every way [persona=allow-all, compatDate=2019-01-01, answers.modal=confirm, count=99]', use: { persona: 'allow-all', compatDate: '2019-01-01', answers: { 'scope.userInfo': 'allow', pay: 'pay', modal: 'confirm' } }, count: 99 },
  { title: 'pay by every way [persona=allow-all, compatDate=2026-07-01, answers.modal=confirm, count=1]', use: { persona: 'allow-all', compatDate: '2026-07-01', answers: { 'scope.userInfo': 'allow', pay: 'pay', modal: 'confirm' } }, count: 1 },
]) {
  test(title, { tag: ['@pay', '@slow'], ...use }, async ({ app, user, server }) => {
    // The last of several routes that match answers.
    server.route('GET', 'https://api.example/*', { status: 404, text: 'nothing' });
    server.route('*', 'https://api.example/login', [{ fail: 'timeout' }, { json: { token: 't' } }], { times: 2, body: { code: '1' } });
    await app.launch('pages/home/home');
    // base.yaml
    await user.tap('#login');
    await user.input('#count', count);
    // base.yaml
    user.answers({ 'scope.userInfo': 'allow', pay: 'cancel' });
    // The last of several routes that match answers.
    server.route('GET', 'https://api.example/*', { status: 404, text: 'nothing' });
    server.route('*', 'https://api.example/login', [{ fail: 'timeout' }, { json: { token: 't' } }], { times: 2, body: { code: '1' } });
    await app.launch('pages/home/home');
    await user.tap('#login');
    await user.tap('#buy');
  });
}
