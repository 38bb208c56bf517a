// What a client of one SDK is given: servers with their worlds, and the packages.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { control, phone } from '../serve.mjs';

const given = JSON.parse(process.env.WXSIM_SUITE);

/** Facts of the merchant: `id`, `key`, `v3Key`, `serial`, `privateKeyFile`, `certificateFile`. */
export const { merchant } = given;
/** A folder for files. */
export const { folder } = given;
/** Loads a package that was fetched. */
export const load = createRequire(join(given.packages, 'index.js'));

/** The world of that name: where it is, its two apps, and what can be done to it. */
export const world = (name) => {
  const facts = given.worlds[name];
  const [mini, account] = facts.apps;
  const user = (id) => facts.users.find((it) => it.name === id).openid;
  return {
    url: facts.url,
    mini,
    account,
    openid: (id, app = mini) => user(id)[app.appid],
    control: control(facts),
    phone: phone(facts, given),
    code: async (id = 'mei') => (await control(facts)('POST', 'login', { user: id })).code,
  };
};
