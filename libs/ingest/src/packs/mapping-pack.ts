/** How the body of a request or record becomes the value that the expressions see. */
export const PAYLOAD_FORMATS = ['json', 'xml', 'form'] as const;

export type PayloadFormat = (typeof PAYLOAD_FORMATS)[number];

/**
 * A mapping pack: how the messages of one kind of system become activities. Declared as YAML, expressions in JSONata over
 * the record (`$` is the decoded record). Versioned: a tenant may put a changed version in the place of the shipped one.
 */
export type MappingPack = {
  name: string;
  version: number;
  title: string;
  /** Kinds of source systems whose webhooks and records it maps. */
  sourceKinds: readonly string[];
  /** Prefixes of CloudEvents types that it maps when they come to the events route. */
  eventTypes: readonly string[];
  /** Formats of uploaded records (CSV layouts) that it maps. */
  format: PayloadFormat;
  /** JSON pointers of the list that is cut into records; the first that is there counts; `*` = the only member, `[]` at the end = a list alone. None = the body is one record. */
  records: readonly string[];
  /** What the expressions see of a record: `$`, or what is left without the frame of whoever passed it on. */
  record: string;
  /** Text that identifies a record within its source system; undefined at run time = the hash of its bytes. */
  identity: string;
  /** Text: the vendor's name of what happened; what signals are listed and filtered by. */
  type: string;
  /** Canonical instant of what happened; activities without an own time take this one. */
  occurredAt: string;
  /** Values and functions that the expressions share, each an expression over the record: `name` is seen as `$name`. */
  definitions: Readonly<Record<string, string>>;
  /** In order; the first that takes the type and whose `when` is true maps the record. */
  rules: readonly PackRule[];
};

/**
 * One rule: what it takes, and either the activities that it makes or why there are none. `types` are globs over the type
 * of the signal, asked before the far dearer `when`; an empty list takes every type.
 */
export type PackRule = { name: string; types: readonly string[]; when: string } & (
  { activities: string } | { ignore: string }
);

/** A pack that cannot be used, with every reason. */
export class PackError extends Error {
  override readonly name = 'PackError';

  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(`${source}: ${problems.join('; ')}`);
  }
}
