import { randomUUID } from 'node:crypto';
import { type FastifyReply, fastify } from 'fastify';
import type { Config } from './config.ts';
import { redact, withoutPasswords } from './logging.ts';
import { type Problem, problem, problemOf } from './problem.ts';
import { compileValidator, type ZodTypeProvider } from './zod-validation.ts';

export type HttpServer = ReturnType<typeof createHttpServer>;

/** An HTTP server without routes, with what every route shares: log, request ids, bounds, validation, error answers. */
export function createHttpServer(config: Config, log: { write(line: string): void }) {
  const server = fastify({
    logger: { level: config.logLevel, redact, hooks: { streamWrite: withoutPasswords }, stream: log },
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    bodyLimit: 64 * 1024,
    requestTimeout: 30_000,
    handlerTimeout: 20_000,
    frameworkErrors: (error, _request, reply) => void send(reply, problemOf(error)),
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(compileValidator);
  server.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  server.setNotFoundHandler((_request, reply) => send(reply, problem(404, 'there is nothing at this address')));
  server.setErrorHandler((error, request, reply) => {
    const answer = problemOf(error);
    request.log[answer.status < 500 ? 'info' : 'error']({ err: error }, 'the request failed');
    return send(reply, answer);
  });
  return server;
}

/** A caller's own id is kept when it is harmless in a log and a header. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}

function send(reply: FastifyReply, { retryAfter, ...answer }: Problem) {
  if (retryAfter !== undefined) {
    reply.header('retry-after', retryAfter);
  }
  return reply
    .code(answer.status)
    .type('application/problem+json')
    .send({ type: 'about:blank', ...answer });
}
