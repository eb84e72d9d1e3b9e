import type { HttpServer } from '../http-server.ts';

/** Live: the process answers. Ready: it can do its work; nothing that it could not work without is outside of it. */
export function health(server: HttpServer): void {
  server.get('/health/live', { logLevel: 'warn' }, async () => ({ status: 'live' }));
  server.get('/health/ready', { logLevel: 'warn' }, async () => ({ status: 'ready' }));
}
