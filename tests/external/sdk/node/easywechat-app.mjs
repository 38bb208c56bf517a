// node-easywechat, led here by its own `baseURL`: its applications, and how their answers are judged.
import { reporter } from './report.mjs';
import { load, world } from './worlds.mjs';

export const { MiniApp, OfficialAccount, Pay, ServerRequest } = load('node-easywechat');
export const here = world('now');
const { url, mini } = here;
export const { ok, fails, defect } = reporter('node-easywechat');

export const http = { baseURL: `${url}/`, throw: true };
export const config = ({ appid, secret }, more = {}) => ({ app_id: appid, secret, http, ...more });
export const app = new MiniApp(config(mini));
export const client = app.getClient();
/** It judges an answer by what it is told to look at; one that failed is thrown, as callers do. */
export const judged = async (asked) => {
  const response = (await asked).judgeFailureUsing((it) => Boolean(it.toObject()?.errcode));
  if (response.isFailed())
    throw Object.assign(new Error(response.toObject().errmsg), { code: response.toObject().errcode });
  return response;
};
export const post = (path, json) => judged(client.request('post', path, { json }));
export const number = (error) => error.code ?? error.stack;
