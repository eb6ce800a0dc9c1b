import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { RequeueTarget, type Received } from '../requeue-target.js';

/** What a target does with one transmission. */
export type Mood = 'takes' | 'hangs' | 'answers late' | 'drops the connection' | 'is away' | 'has too much to do';

const SHARES: readonly [Mood, number][] = [
  ['takes', 0.58],
  ['hangs', 0.1],
  ['answers late', 0.1],
  ['drops the connection', 0.1],
  ['is away', 0.06],
  ['has too much to do', 0.06],
];

/** From this transmission on it behaves: nothing is tried for ever. */
const BEHAVES_FROM = 5;
/** One item of so many fails again the first time. */
const FAILS_EVERY = 20;

type SentBody = { requeueId: string; attempt: number; object: { key: string } };

/** What came of one idempotency key. */
export type Entry = SentBody & {
  body: string;
  moods: Mood[];
  applied: number;
  isSuccess: boolean;
};

/**
 * A target that hangs, answers after the client has given up, drops connections after it applied, and says "later"; what it does
 * follows from seed and item alone. What it applies it applies once per key, if it keeps keys. It tells who asks what it applied.
 */
export class MoodyTarget {
  readonly byKey = new Map<string, Entry>();

  private constructor(
    readonly http: RequeueTarget,
    private readonly options: MoodyOptions,
  ) {
    http.answer = (response, received) => this.answer(response, received);
  }

  static async start(options: MoodyOptions): Promise<MoodyTarget> {
    return new MoodyTarget(await RequeueTarget.start(), options);
  }

  private answer(response: ServerResponse, { method, headers, body }: Received): void {
    const key = String(headers['idempotency-key']);
    if (method === 'GET') {
      const status = (this.byKey.get(key)?.applied ?? 0) > 0 ? 'applied' : 'not-applied';
      return void response.writeHead(200).end(JSON.stringify({ status }));
    }
    const entry = this.entryOf(key, body);
    if (entry.body !== body) throw new Error(`${key} came with another body`);
    const mood = this.moodOf(entry);
    entry.moods.push(mood);
    if (mood === 'hangs') return;
    if (mood === 'is away') return void response.writeHead(503).end();
    if (mood === 'has too much to do') return void response.writeHead(429, { 'retry-after': '2' }).end();
    const isKnown = this.options.isIdempotent && entry.applied > 0;
    if (!isKnown) {
      entry.applied += 1;
      this.options.onApplied(entry);
    }
    const answer = (): void => void response.writeHead(isKnown ? 409 : 202).end();
    if (mood === 'drops the connection') response.destroy();
    else if (mood === 'answers late') setTimeout(answer, this.options.lateMs).unref();
    else answer();
  }

  private entryOf(key: string, body: string): Entry {
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const { requeueId, attempt, object } = JSON.parse(body) as SentBody;
    const isSuccess = attempt > 1 || this.drawn(object.key, 'fails') >= 1 / FAILS_EVERY;
    const entry = { requeueId, attempt, object, body, moods: [], applied: 0, isSuccess };
    this.byKey.set(key, entry);
    return entry;
  }

  private moodOf({ object, attempt, moods }: Entry): Mood {
    if (moods.length + 1 >= BEHAVES_FROM) return 'takes';
    let rest = this.drawn(object.key, `${attempt}.${moods.length}`);
    return SHARES.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'takes';
  }

  /** In [0, 1), the same for the same words. */
  private drawn(...words: string[]): number {
    const text = [this.options.seed, ...words].join(' ');
    return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
  }
}

export type MoodyOptions = {
  seed: string;
  isIdempotent: boolean;
  /** Longer than the client waits. */
  lateMs: number;
  onApplied: (entry: Entry) => void;
};
