// A server that WeChat Pay tells of payments: what came, as the SDK under test reads it.
import { once } from 'node:events';
import { createServer } from 'node:http';

/** `read(body, headers)` gives what the SDK makes of a notification, `acknowledge(error)` its answer. */
export const merchantServer = async (read, acknowledge) => {
  const told = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString('utf8');
    let failure;
    try {
      told.push({ message: await read(body, request.headers, request.url) });
    } catch (error) {
      failure = error;
      told.push({ error: `${error.stack}\n${body}` });
    }
    const [status, text] = acknowledge(failure);
    response.writeHead(status);
    response.end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/notify`,
    told,
    /** Waits until something fits, ten seconds at most. */
    async wait(fits) {
      for (let turn = 0; turn < 100; turn += 1) {
        const found = told.find(({ message }) => message && fits(message));
        if (found) return found.message;
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
      throw new Error(`it was not told: ${JSON.stringify(told)}`);
    },
    close: () => server.close(),
  };
};
