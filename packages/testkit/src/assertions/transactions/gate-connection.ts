import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { Target } from '../../kinds/shared/faults/fault-proxy.ts';
import { type Frame, Framer, Reader, simpleQuery, withDefaults } from './frames.ts';
import { IsolationOfSession } from './isolation.ts';
import { AnswerReader, StatementReader, type Step } from './step.ts';

/** Decides when a step goes to the server. */
export interface StepListener {
  onArrival(step: Step): void;
  onDone(step: Step): void;
}

export interface PostgresTarget extends Target {
  /** Settings in the form of the start-up message's `options`; empty for none. */
  readonly settings: string;
}

const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
/** Passwords, the data of COPY, and the farewell are never held. */
const FREE = new Set(['p', 'd', 'c', 'f', 'X']);
/** Query, FunctionCall, Sync and Flush: after these a client waits for the server. */
const ENDS = new Set(['Q', 'F', 'S', 'H']);

/**
 * Joins a client to the server, and hands its statements to the listener, which lets each go when its time has come.
 */
export function joinThroughGate(client: Socket, target: PostgresTarget, listener: StepListener): void {
  const server = connect(target.port, target.host);
  const fromClient = new Framer('client');
  const fromServer = new Framer('server');
  const statements = new StatementReader();
  const waiting: Step[] = [];
  let group: Frame[] = [];
  let pid = 0;
  let isReady = false;
  let isolation: IsolationOfSession | undefined;
  let current: Step | undefined;
  let answer = new AnswerReader();
  let flows = false;

  const end = () => {
    client.destroy();
    server.destroy();
    for (const step of current ? [current, ...waiting] : waiting) {
      step.isDone = true;
      listener.onDone(step);
    }
    current = undefined;
    waiting.length = 0;
  };
  for (const socket of [client, server]) {
    socket.setNoDelay(true);
    socket.unref();
    socket.on('error', end);
    socket.on('close', end);
  }

  const next = () => {
    if (current !== undefined) {
      return;
    }
    current = waiting.shift();
    if (current) {
      listener.onArrival(current);
    }
  };
  const makeStep = (frames: readonly Frame[]): Step => ({
    ...statements.read(frames),
    pid,
    answer: '',
    error: undefined,
    rows: 0,
    digest: '',
    isolation: '',
    isDone: false,
    release() {
      this.isolation = isolation?.note(this.sql) ?? '';
      answer = new AnswerReader();
      // Flush asks for an answer before the end of the step, which comes with a later Sync.
      flows = frames.at(-1)?.type === 'H';
      for (const { bytes } of frames) {
        server.write(bytes);
      }
    },
  });

  client.on('data', (chunk: Buffer) => {
    for (const frame of fromClient.push(chunk)) {
      if (frame.type === '') {
        beforeEntry(frame);
      } else if (!isReady || FREE.has(frame.type) || flows) {
        server.write(frame.bytes);
        if (frame.type === 'S') {
          flows = false;
        }
      } else {
        group.push(frame);
        if (!ENDS.has(frame.type)) {
          continue;
        }
        waiting.push(makeStep(group));
        group = [];
        next();
      }
    }
  });
  const beforeEntry = (frame: Frame) => {
    const code = frame.body.readInt32BE(0);
    if (code === SSL_REQUEST || code === GSS_REQUEST) {
      client.write('N');
    } else {
      server.write(code >> 16 === 3 && target.settings !== '' ? withDefaults(frame, target.settings) : frame.bytes);
    }
  };

  /** Asks for the level of isolation before the client is told that the session is ready. */
  const entry = (frame: Frame) => {
    if (frame.type === 'K') {
      pid = new Reader(frame.body).int32();
    }
    if (isolation === undefined && frame.type === 'Z') {
      isolation = new IsolationOfSession('unknown');
      server.write(simpleQuery('SHOW default_transaction_isolation'));
    } else if (isolation === undefined || frame.type === 'Z') {
      isReady ||= frame.type === 'Z';
      client.write(frame.bytes);
    } else if (frame.type === 'D') {
      isolation = new IsolationOfSession(firstValue(frame));
    }
  };

  server.on('data', (chunk: Buffer) => {
    for (const frame of fromServer.push(chunk)) {
      if (!isReady) {
        entry(frame);
        continue;
      }
      client.write(frame.bytes);
      if (current === undefined || !answer.read(frame, current)) {
        continue;
      }
      const done = current;
      current = undefined;
      done.isDone = true;
      listener.onDone(done);
    }
    next();
  });
}

function firstValue({ body }: Frame): string {
  const reader = new Reader(body);
  reader.int16();
  return reader.value() ?? 'unknown';
}
