/** Why a request is not taken, in a word that each protocol translates into its own code. */
export type RefusalKind =
  | 'unauthenticated'
  /** The key is good, but not for this. */
  | 'forbidden'
  | 'not-found'
  /** Will never be taken again: the sender ought to stop. */
  | 'gone'
  | 'malformed'
  /** The envelope of a message contradicts itself, before its content is looked at. */
  | 'misframed'
  | 'unsupported-media-type'
  | 'too-large'
  /** The sender waits no longer: it has been told nothing, and will come again. */
  | 'too-late'
  | 'not-taken'
  /** The key sends more than it may: the sender is told when to come again. */
  | 'rate-limited'
  /** May succeed later: the sender is told to come again. */
  | 'unavailable'
  | 'internal';

const DEFAULT_RETRY_SECONDS = 2;
const RETRYABLE: ReadonlySet<RefusalKind> = new Set<RefusalKind>(['rate-limited', 'unavailable']);

type RefusalOptions = {
  cause?: unknown;
  retryAfterSeconds?: number;
  endsConnection?: boolean;
  isBrokenOff?: boolean;
  isOfCoding?: boolean;
  sample?: Uint8Array;
};

/** A request that is refused as a whole; `message` is shown to the sender. */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    message: string,
    private readonly options: RefusalOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.retryAfterSeconds = RETRYABLE.has(kind) ? (options.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) : undefined;
    this.endsConnection = options.endsConnection ?? false;
    this.isBrokenOff = options.isBrokenOff ?? false;
    this.isOfCoding = options.isOfCoding ?? false;
    this.sample = options.sample;
  }

  /** The same, with what it is about, or the beginning of that. */
  about(sample: Uint8Array): Refusal {
    return this.sample === undefined ? new Refusal(this.kind, this.message, { ...this.options, sample }) : this;
  }

  readonly retryAfterSeconds: number | undefined;
  /** Nothing that follows on the connection can be read. */
  readonly endsConnection: boolean;
  /** The sender went away in the middle: nobody is left to be told. */
  readonly isBrokenOff: boolean;
  /** It is the compression that is not taken, not the media type: the answer says which ones are (RFC 9110, 15.5.16). */
  readonly isOfCoding: boolean;
  /** What of the request was read. */
  readonly sample: Uint8Array | undefined;
}
