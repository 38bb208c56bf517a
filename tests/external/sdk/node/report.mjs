// One line for each call of an SDK: `ok|not ok|sdk NAME METHOD ENDPOINT DETAIL`.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';

const short = (value) =>
  String(value ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, 160);

export const reporter = (name) => {
  const line = (word, method, endpoint, detail) =>
    console.log(`${word} ${name} ${method} ${endpoint} ${short(detail)}`.trim());
  return {
    /** The call succeeds, and `check` finds in its result what has to be there. */
    async ok(method, endpoint, call, check = () => '') {
      try {
        const result = await call();
        line('ok', method, endpoint, await check(result));
        return result;
      } catch (error) {
        line('not ok', method, endpoint, error.stack ?? error);
        return undefined;
      }
    },
    /** The call ends in the SDK's own error, in which `code` finds the number or name. */
    async fails(method, endpoint, expected, call, code) {
      try {
        const result = await call();
        line(
          'not ok',
          method,
          endpoint,
          `expected ${expected}, got ${inspect(result?.toObject?.() ?? result, { depth: 2, breakLength: Infinity })}`,
        );
      } catch (error) {
        const got = code(error);
        line(
          got === expected ? 'ok' : 'not ok',
          method,
          endpoint,
          got === expected ? `${expected} ${error.message}` : `expected ${expected}, got ${got}: ${error.stack}`,
        );
      }
    },
    /** The SDK itself is wrong: `proof` shows that, and throws when it no longer is so. */
    async defect(method, endpoint, reason, proof) {
      try {
        await proof();
        line('sdk', method, endpoint, reason);
      } catch (error) {
        line('not ok', method, endpoint, error.stack ?? error);
      }
    },
  };
};

/** Whether bytes begin as a picture does. */
export const picture = (bytes) => {
  assert.ok(Buffer.isBuffer(bytes), `not bytes: ${JSON.stringify(bytes)}`);
  const start = bytes.subarray(0, 4).toString('hex');
  if (start.startsWith('ffd8ff')) return 'JPEG';
  assert.equal(start, '89504e47', 'neither JPEG nor PNG');
  return 'PNG';
};

/** A picture of one pixel. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
