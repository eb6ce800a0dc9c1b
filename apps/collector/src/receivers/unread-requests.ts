import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { holdBackBody, LONGEST_BODY_MS } from './request-bytes.js';

/** More than the largest file is not read of a request that is answered already. */
const MOST_BYTES = 1024 * 1024 * 1024;
const LOOK_EVERY_MS = 250;

/**
 * Lets answers reach senders that are still sending. A request may be answered before its end: refused by its head, or
 * half-way. Most senders read their answer when they have sent everything, and one whose connection is cut before sees a
 * broken connection and tries again for ever. So what still comes is read and dropped, within bounds.
 */
export class UnreadRequests {
  private readonly open = new Set<Socket>();

  constructor(server: Server) {
    server.on('request', (request, response) => response.once('finish', () => this.readOut(request)));
    server.on('checkContinue', (request, response) => {
      holdBackBody(request, response);
      server.emit('request', request, response);
    });
  }

  /** True while the rest of an answered request is read from the connection. */
  has(socket: Socket): boolean {
    return this.open.has(socket);
  }

  /** Cuts what is still sending: it has its answers. */
  close(): void {
    for (const socket of this.open) socket.destroy();
  }

  private readOut(request: IncomingMessage): void {
    const { socket } = request;
    if (request.complete || socket.destroyed) return;
    this.open.add(socket);
    const mostRead = socket.bytesRead + MOST_BYTES;
    const deadline = performance.now() + LONGEST_BODY_MS;
    const timer = setInterval(() => {
      if (socket.destroyed || request.complete) {
        clearInterval(timer);
        this.open.delete(socket);
        // Our half is closed already: there is nothing more to wait for.
        if (socket.writableEnded) socket.destroy();
      } else if (socket.bytesRead > mostRead || performance.now() > deadline) socket.destroy();
    }, LOOK_EVERY_MS);
    // A reading that was left behind would hold the bytes back.
    request.removeAllListeners('readable');
    setImmediate(() => request.resume());
  }
}
