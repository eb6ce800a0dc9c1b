/** Why a request is not taken, in a word that each protocol translates into its own code. */
export type RefusalKind =
  | 'unauthenticated'
  | 'malformed'
  | 'unsupported-media-type'
  | 'too-large'
  | 'not-taken'
  /** May succeed later: the sender is told to come again. */
  | 'unavailable'
  | 'internal';

const DEFAULT_RETRY_SECONDS = 2;

/** A request that is refused as a whole; `message` is shown to the sender. */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.retryAfterSeconds = kind === 'unavailable' ? (options.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) : undefined;
  }

  readonly retryAfterSeconds: number | undefined;
}
