// Loaded into the service before its own code, where it runs under `nx dev`: says which routes it has when it listens. Fastify
// announces its servers on this channel; a service of another framework is served without a list.
import { subscribe } from 'node:diagnostics_channel';

/** The key of the line that has the routes, among the lines of the log. */
export const ROUTES = 'routes of the service';

interface Server {
  addHook(name: 'onRoute', hook: (route: { method: string | string[]; url: string }) => void): void;
  addHook(name: 'onListen', hook: (done: () => void) => void): void;
}

subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { fastify: Server };
  const routes: string[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) {
      if (!['HEAD', 'OPTIONS'].includes(each)) {
        routes.push(`${each} ${url}`);
      }
    }
  });
  fastify.addHook('onListen', (done) => {
    process.stdout.write(`${JSON.stringify({ [ROUTES]: routes })}\n`);
    done();
  });
});
