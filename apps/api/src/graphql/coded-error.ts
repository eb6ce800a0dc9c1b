import type { GraphqlErrorCode } from '@throughline/contracts';

/** Codes of failures that a caller can act on; they appear as `extensions.code`. INTERNAL is what is left: our fault. */
export type ErrorCode = Exclude<GraphqlErrorCode, 'INTERNAL'>;

/** A failure by the caller's fault or for want of a dependency; the message is meant to be read by the caller. */
export class CodedError extends Error {
  override readonly name = 'CodedError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
