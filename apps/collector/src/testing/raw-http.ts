import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection on which a test writes bytes as it likes; nothing is read before `answer` is called. */
export type RawConnection = {
  socket: Socket;
  /** Resolves when the bytes have left this process: as long as nobody reads them at the other end, it waits. */
  send(bytes: string | Uint8Array): Promise<void>;
  /** The next answer: status, headers (names in lower case) and body. */
  answer(): Promise<{ status: number; headers: Map<string, string>; body: string }>;
};

export async function rawConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let read = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    for (;;) {
      const chunk = socket.read() as Buffer | null;
      if (chunk !== null) {
        read = Buffer.concat([read, chunk]);
        return;
      }
      if (socket.readableEnded) throw new Error('the connection ended before an answer');
      await Promise.race([once(socket, 'readable'), once(socket, 'end')]);
    }
  };
  return {
    socket,
    send: (bytes) =>
      new Promise((resolve, reject) => {
        socket.once('error', reject);
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    answer: async () => {
      while (!read.includes('\r\n\r\n')) await more();
      const end = read.indexOf('\r\n\r\n');
      const [line = '', ...fields] = read.subarray(0, end).toString('latin1').split('\r\n');
      const headers = new Map(
        fields.map((field): [string, string] => {
          const colon = field.indexOf(':');
          return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
        }),
      );
      const bodyEnd = end + 4 + Number(headers.get('content-length') ?? 0);
      while (read.length < bodyEnd) await more();
      const body = read.subarray(end + 4, bodyEnd).toString('utf8');
      read = read.subarray(bodyEnd);
      return { status: Number(line.split(' ')[1]), headers, body };
    },
  };
}

/** The head of a `POST` with these headers. */
export function rawHead(path: string, headers: Record<string, string | number>): string {
  const fields = Object.entries({ host: 'test', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${fields.join('')}\r\n`;
}
