import { createServer as createHttp, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { OutboundOptions } from '../../outbound/index.js';
import { AUTHORITY, EXPIRED, GOOD, KEY, OF_ANOTHER_HOST, SELF_SIGNED } from '../../testing/certificates.js';
import { RequeueStory } from './testing/requeue-story.js';

/** A server of a test, and what arrived at it. */
class BadTarget {
  requests = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly scheme: 'http' | 'https',
  ) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
    });
  }

  /** Reads the request whole and does what it likes with the connection. */
  static raw(answer: (socket: Socket) => void): Promise<BadTarget> {
    const target = new BadTarget(createTcp(), 'http');
    target.server.on('connection', (socket) => {
      let said = '';
      socket.on('data', (chunk) => {
        said += chunk.toString();
        if (!said.includes('mapping added')) return;
        said = '';
        target.requests += 1;
        answer(socket);
      });
    });
    return target.listen();
  }

  static http(answer: (response: ServerResponse) => void): Promise<BadTarget> {
    return BadTarget.answering(createHttp(), 'http', answer);
  }

  static https(cert: string): Promise<BadTarget> {
    return BadTarget.answering(createHttps({ key: KEY, cert }), 'https', (response) => response.writeHead(202).end());
  }

  private static answering(
    server: Server,
    scheme: 'http' | 'https',
    answer: (response: ServerResponse) => void,
  ): Promise<BadTarget> {
    const target = new BadTarget(server, scheme);
    const listener: RequestListener = (request, response) => {
      request.resume().on('end', () => {
        target.requests += 1;
        answer(response);
      });
    };
    server.on('request', listener);
    return target.listen();
  }

  private async listen(): Promise<BadTarget> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.scheme}://${this.host}/requeue`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let story: RequeueStory;
let target: BadTarget;
const others: BadTarget[] = [];

afterEach(async () => {
  await Promise.all([target, ...others.splice(0)].map((one) => one.stop()));
  await story.db.close();
});

const change = (sql: string, ...params: unknown[]) =>
  story.database.withTenant(story.db.tenantId, (tx) => tx.query(sql, [tx.tenantId, ...params]));
const later = (seconds: number) => (story.now = new Date(story.now.getTime() + seconds * 1_000));
const only = async () => (await story.attempts())[0]!;
/** As a worker would, after one more minute. */
async function sendOnceMore(options: Partial<OutboundOptions> = {}): Promise<void> {
  later(60);
  await story.send(target, options);
}

type Outcome = { state: string; says: RegExp | null; isOpen: boolean; status?: number };

const UNANSWERED: Outcome = { state: 'UNKNOWN', says: /^no answer: /, isOpen: false };

describe('a target that does not keep keys', () => {
  it.each<[string, () => Promise<BadTarget>, Outcome]>([
    ['hangs', () => BadTarget.raw(() => undefined), { ...UNANSWERED, says: /no answer within/ }],
    ['closes the connection before the headers', () => BadTarget.raw((socket) => socket.end()), UNANSWERED],
    ['resets the connection', () => BadTarget.raw((socket) => socket.resetAndDestroy()), UNANSWERED],
    ['closes it within the headers', () => BadTarget.raw((socket) => socket.end('HTTP/1.1 20')), UNANSWERED],
    ['answers what is no HTTP', () => BadTarget.raw((socket) => socket.end('220 smtp ready\r\n')), UNANSWERED],
    [
      'closes it after the headers',
      () => BadTarget.raw((socket) => socket.end('HTTP/1.1 202 Accepted\r\ncontent-length: 10\r\n\r\nta')),
      { state: 'ACKNOWLEDGED', says: /^ta$/, isOpen: false, status: 202 },
    ],
    [
      'hangs after the headers',
      () => BadTarget.raw((socket) => socket.write('HTTP/1.1 400 Bad Request\r\ncontent-length: 10\r\n\r\nno')),
      { state: 'REFUSED', says: /^no$/, isOpen: true, status: 400 },
    ],
    [
      'answers 200 with an error body, which nobody declared: telemetry has to prove it',
      () => BadTarget.http((response) => response.end('{"result":{"state":"error"}}')),
      { state: 'ACKNOWLEDGED', says: /"error"/, isOpen: false, status: 200 },
    ],
    [
      'redirects into the own network',
      () => BadTarget.http((response) => response.writeHead(307, { location: others[0]!.url }).end()),
      { state: 'REFUSED', says: /^the target redirects, which is not followed\.$/, isOpen: true, status: 307 },
    ],
    [
      'is gone',
      () => BadTarget.http((response) => response.writeHead(410).end('moved to SAP')),
      { state: 'REFUSED', says: /^the target is gone\. moved to SAP$/, isOpen: true, status: 410 },
    ],
  ])('and %s', async (_name, start, { state, says, isOpen, status = null }) => {
    others.push(await BadTarget.http((response) => response.end()));
    target = await start();
    story = await RequeueStory.begin(target, false);
    await story.request();
    await story.send(target);
    const attempt = await only();
    expect(attempt).toMatchObject({ state, httpStatus: status, transmissions: 1 });
    if (says !== null) expect(attempt.answer).toMatch(says);
    expect(await story.exceptions()).toMatchObject([{ state: isOpen ? 'OPEN' : 'REQUEUED' }]);
    expect(await story.count('requeue_claim')).toBe(isOpen ? 0 : 1);
    expect(await story.count('audit_record', `action = 'requeue.outcome-recorded'`)).toBe(1);
    // not once more, and not lost
    await sendOnceMore();
    expect(await only()).toEqual(attempt);
    expect(target.requests).toBe(1);
    expect(others[0]!.requests).toBe(0);
    await story.turn();
    expect(await story.requestStates()).toEqual(['FINISHED']);
  });

  it('is refused by the body of a 200 where that was declared', async () => {
    target = await BadTarget.http((response) => response.end('{"result":{"state":"error"}}'));
    story = await RequeueStory.begin(target, false);
    await change(
      'update integration set requeue_settings = $2 where tenant_id = $1',
      JSON.stringify({ failurePath: '/result/state', failureValue: 'error' }),
    );
    await story.request();
    await story.send(target);
    expect(await only()).toMatchObject({ state: 'REFUSED', httpStatus: 200, answer: '{"result":{"state":"error"}}' });
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
  });

  it('and sends 50 MB is read up to a limit, and no further', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let written = 0;
    target = await BadTarget.http((response) => {
      response.writeHead(202);
      const more = () => {
        while (written < 50 * 1024 * 1024 && !response.destroyed) {
          written += chunk.byteLength;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    story = await RequeueStory.begin(target, false);
    await story.request();
    await story.send(target, { timeoutMs: 10_000 });
    const attempt = await only();
    expect(attempt).toMatchObject({ state: 'ACKNOWLEDGED', httpStatus: 202 });
    expect(attempt.answer).toHaveLength(2_000);
    // what was read and what lay in the sockets: the rest was never asked for
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['signed by itself', SELF_SIGNED, /self.signed certificate/],
    ['that expired', EXPIRED, /certificate has expired/],
    ['of another host', OF_ANOTHER_HOST, /does not match certificate/],
  ])('and has a certificate %s gets nothing, and all once that is mended', async (_name, cert, says) => {
    const options = { authorities: [AUTHORITY], timeoutMs: 5_000 };
    target = await BadTarget.https(cert);
    story = await RequeueStory.begin(target, false);
    await story.request();
    await story.send(target, options);
    expect(target.requests).toBe(0);
    expect(await only()).toMatchObject({ state: 'QUEUED', mayHaveApplied: false });
    expect((await only()).answer).toMatch(says);
    await target.stop();
    target = await BadTarget.https(GOOD);
    await change('update integration set requeue_url = $2 where tenant_id = $1', target.url);
    await sendOnceMore(options);
    await sendOnceMore(options);
    expect(await only()).toMatchObject({ state: 'ACKNOWLEDGED', transmissions: 2 });
    expect(target.requests).toBe(1);
  });

  it('and is gone is left alone, with the reason, until it is there again', async () => {
    target = await BadTarget.http((response) => response.writeHead(410).end());
    story = await RequeueStory.begin(target, false);
    await story.failedOrders(3);
    await story.request();
    const send = async () => {
      for (const { attemptId } of await story.attempts()) await story.sendAttempt(attemptId, target);
    };
    await send();
    expect(target.requests).toBe(1);
    expect((await story.attempts()).map(({ state }) => state).sort()).toEqual(['QUEUED', 'QUEUED', 'REFUSED']);
    const [breaker] = await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query('select reason, paused_until as until from requeue_breaker where tenant_id = $1', [tx.tenantId]),
    );
    expect(breaker).toEqual({
      reason: 'the target is gone: answer 410',
      until: new Date(story.now.getTime() + 900_000),
    });
    expect(await story.count('audit_record', `action = 'requeue.target-paused'`)).toBe(1);
    await target.stop();
    target = await BadTarget.http((response) => response.writeHead(202).end());
    await change('update integration set requeue_url = $2 where tenant_id = $1', target.url);
    later(901);
    await send();
    await send();
    expect(target.requests).toBe(2);
    expect((await story.attempts()).map(({ state }) => state).sort()).toEqual([
      'ACKNOWLEDGED',
      'ACKNOWLEDGED',
      'REFUSED',
    ]);
  });
});

describe('a target that is not reached for a day', () => {
  it('gets nothing of what waited so long', async () => {
    target = await BadTarget.http((response) => response.writeHead(202).end());
    story = await RequeueStory.begin(target, false);
    await story.request();
    const isAway = () =>
      change(
        `insert into requeue_breaker (tenant_id, integration, failures, trips, paused_until, is_on_trial, changed_at)
         select $1, name, 9, 9, $2, false, $2 from integration where tenant_id = $1
         on conflict (tenant_id, integration) do update set paused_until = excluded.paused_until`,
        new Date(story.now.getTime() + 600_000),
      );
    later(86_000);
    await isAway();
    await story.send(target);
    expect(await only()).toMatchObject({ state: 'QUEUED' });
    later(600);
    await isAway();
    await story.send(target);
    expect(await only()).toMatchObject({ state: 'REFUSED', transmissions: 0 });
    expect((await only()).answer).toMatch(/given up after 24 h/);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
    expect(target.requests).toBe(0);
  });
});

describe('what changed between asking and sending', () => {
  const taking = () => BadTarget.http((response) => response.writeHead(202).end());

  it('the integration takes nothing any more: refused, and the exception is open again', async () => {
    target = await taking();
    story = await RequeueStory.begin(target, false);
    await story.request();
    await change('update integration set requeue_url = null where tenant_id = $1');
    await story.send(target);
    expect(await only()).toMatchObject({ state: 'REFUSED', transmissions: 0 });
    expect((await only()).answer).toMatch(/takes no requeues any more/);
    expect(await story.exceptions()).toMatchObject([{ state: 'OPEN' }]);
    expect(target.requests).toBe(0);
  });

  it('the integration never took any: nothing is asked for, and the plan says why', async () => {
    target = await taking();
    story = await RequeueStory.begin(null, false);
    expect(await story.request()).toMatchObject({ kind: 'failure', code: 'NO_REQUEUE_TARGET' });
    expect(await story.attempts()).toEqual([]);
  });

  it('one of the selection was overcome since the preview: left out by name, the others go once', async () => {
    target = await taking();
    story = await RequeueStory.begin(target, false);
    const [, second] = await story.failedOrders(3);
    const seen = (await story.exceptions()).map(({ id }) => id);
    await story.facts((facts) => facts.problem(second!, { clearedAt: 20 }));
    await story.project('exceptions', [second!]);
    const outcome = await story.request(seen);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    expect(outcome.plan.items.map(({ code }) => code).sort()).toEqual(['NOT_REQUEUEABLE', null, null]);
    for (const { attemptId } of await story.attempts()) await story.sendAttempt(attemptId, target);
    expect(target.requests).toBe(2);
  });

  it('somebody else asked for it since the preview: it goes once', async () => {
    target = await taking();
    story = await RequeueStory.begin(target, false);
    const seen = (await story.exceptions()).map(({ id }) => id);
    await story.request(seen);
    expect(await story.request(seen)).toMatchObject({ kind: 'failure' });
    for (const { attemptId } of await story.attempts()) await story.sendAttempt(attemptId, target);
    expect(target.requests).toBe(1);
  });
});
