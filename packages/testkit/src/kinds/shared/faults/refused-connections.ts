import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/**
 * Watches who tries to connect to a port that nobody listens at, since no server sees that. By what Node publishes:
 * https://nodejs.org/api/diagnostics_channel.html#built-in-channels
 * @param tried is called for each attempt of this process, and for each child process and thread, which may do it unseen.
 * @returns what ends it.
 */
export function watchRefused(port: number, tried: () => void): () => void {
  const look = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.on('connectionAttempt', (_address: string, attempted: number) => {
      if (attempted === port) {
        tried();
      }
    });
  };
  if (process.getActiveResourcesInfo().includes('ProcessWrap')) {
    tried();
  }
  subscribe('net.client.socket', look);
  subscribe('child_process', tried);
  subscribe('worker_threads', tried);
  return () => {
    unsubscribe('net.client.socket', look);
    unsubscribe('child_process', tried);
    unsubscribe('worker_threads', tried);
  };
}
