/** `extensions.code` of a GraphQL error: the caller's faults, and ours. Expected outcomes are result unions instead. */
export const GRAPHQL_ERROR_CODES = [
  /** Not signed in, or the session has ended. */
  'UNAUTHENTICATED',
  /** Signed in without the right; also a mutation from a foreign origin. */
  'FORBIDDEN',
  'NOT_FOUND',
  /** An argument that cannot be meant: the message says which and why. */
  'INVALID_INPUT',
  /** The document does not parse or fit the schema. */
  'INVALID_QUERY',
  /** Too deep, too wide or too costly. */
  'QUERY_TOO_COMPLEX',
  'RATE_LIMITED',
  /** The database is away; the same call may succeed later. */
  'UNAVAILABLE',
  /** Our fault; carries the trace id and no details. */
  'INTERNAL',
] as const;

/** One of GRAPHQL_ERROR_CODES. */
export type GraphqlErrorCode = (typeof GRAPHQL_ERROR_CODES)[number];
