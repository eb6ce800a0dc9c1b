import type { SignalKind } from '@throughline/canonical';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import type { SpanRecord } from '../otlp/span-record.js';
import { payloadFormatIn, payloadFormatOf, payloadText, UnreadablePayload } from '../packs/decode-payload.js';
import type { PayloadFormat } from '../packs/mapping-pack.js';
import { maskSample, maskSampleText, withoutQuotes } from './mask-sample.js';
import { compilePath, MOST_SEGMENTS, PathMatcher, type PathRule } from './path-matcher.js';
import { redactFlatAttributes, redactSpans, type NameRule } from './redact-attributes.js';
import { redactForm } from './redact-form.js';
import { redactJson } from './redact-json.js';
import { TextRedaction } from './redact-text.js';
import { redactXml } from './redact-xml.js';
import type { RedactionAction } from './redaction-action.js';
import { InvalidRedactionRule, isPointer, redactionRuleProblem, type RedactionRule } from './redaction-rule.js';
import { UnredactableBody } from './unredactable-body.js';

/** What of a signal a redaction reads and changes. */
export type RedactableSignal = {
  kind: Exclude<SignalKind, 'span'>;
  sourceSystem: string;
  sourceKind: string;
  scopedKey: string;
  externalId: string;
  source: string;
  type: string;
  contentType: string | null;
  attributes: Record<string, CloudEventAttribute>;
  body: Uint8Array;
};

/** The redaction rules of one tenant, ready to be applied. */
export type Redaction = {
  /** True when no rule at all is in force. */
  isEmpty: boolean;
  /** The signal as it may be stored. Throws UnredactableBody when a rule is in force for a body that cannot be read. */
  signal<T extends RedactableSignal>(signal: T): T;
  /** The spans as they may be stored; `sourceSystem` = the one that the sender is bound to, or ''. */
  spans(spans: readonly SpanRecord[], sourceSystem: string): readonly SpanRecord[];
  /** A sample of a refused request, and why it was refused, as they may be kept: the reason may quote what a rule takes out. */
  refused(body: Uint8Array, reason: string): { sample: Uint8Array; reason: string };
};

const LARGEST_READ_SAMPLE = 1024 * 1024;
/** Twice what the caller keeps, so that no secret is cut in two where that ends. Masking 64 MiB would take seconds. */
const LONGEST_SAMPLE = 8_192;
/** Kept of a sample that holds nothing to redact; the caller cuts it to its own bound. */
const WITHHELD = 'withheld: redaction rules are in force, and the request cannot be read';

const DECLARED_ENCODING = /^(\s*<\?xml[^>]{0,200}?encoding=["'])[A-Za-z0-9._-]{1,40}(["'])/;

/** Senders make up no source systems, but who knows. */
const MOST_USES = 1_000;

type Compiled = { matcher: PathMatcher; names: readonly NameRule[]; hasPaths: boolean };

/** JSON pointers of the lists that the messages of a kind of source system are cut into records by. */
export type RecordLists = (sourceKind: string) => readonly string[];

/**
 * Makes the rules of a tenant ready. `pepper` keys the hashes: equal values of one tenant have equal hashes. Throws
 * InvalidRedactionRule: a rule that cannot be applied must stop the storing, not be passed over.
 */
export function compileRedaction(
  rules: readonly RedactionRule[],
  pepper: Uint8Array,
  recordLists: RecordLists = () => [],
): Redaction {
  for (const rule of rules) {
    const problem = redactionRuleProblem(rule);
    if (problem !== undefined) throw new InvalidRedactionRule(problem);
  }
  const byUse = new Map<string, Compiled | undefined>();
  const inForce = (kind: SignalKind, sourceSystem: string, sourceKind: string): Compiled | undefined => {
    const use = JSON.stringify([kind, sourceSystem, sourceKind]);
    if (!byUse.has(use)) {
      const concerned = rules.filter(
        (rule) =>
          (rule.signalKind === '' || rule.signalKind === kind) &&
          (rule.sourceSystem === '' || rule.sourceSystem === sourceSystem),
      );
      if (byUse.size >= MOST_USES) byUse.clear();
      byUse.set(use, compiledOf(concerned, kind, kind === 'webhook' ? recordLists(sourceKind) : []));
    }
    return byUse.get(use);
  };
  const anywhere = new PathMatcher(rules.map(anywhereRule));
  return {
    isEmpty: rules.length === 0,
    signal: (signal) => {
      const compiled = inForce(signal.kind, signal.sourceSystem, signal.sourceKind);
      return compiled === undefined ? signal : redactedSignal(signal, compiled, new TextRedaction(pepper));
    },
    spans: (spans, sourceSystem) => {
      const compiled = inForce('span', sourceSystem, '');
      if (compiled === undefined) return spans;
      return redactSpans(spans, compiled.matcher, compiled.names, new TextRedaction(pepper));
    },
    refused: (body, reason) => {
      const masked = maskSampleText(reason);
      if (rules.length === 0) return { sample: maskSample(body.subarray(0, LONGEST_SAMPLE)), reason: masked };
      const withheld = { sample: Buffer.from(WITHHELD), reason: withoutQuotes(masked) };
      if (body.byteLength > LARGEST_READ_SAMPLE) return withheld;
      try {
        const redacted = redactedBody(body, null, anywhere, new TextRedaction(pepper));
        const sample = maskSample(redacted.subarray(0, LONGEST_SAMPLE));
        return { sample, reason: redacted === body ? masked : withoutQuotes(masked) };
      } catch (error) {
        if (error instanceof UnredactableBody) return withheld;
        throw error;
      }
    },
  };
}

function compiledOf(rules: readonly RedactionRule[], kind: SignalKind, lists: readonly string[]): Compiled | undefined {
  if (rules.length === 0) return undefined;
  const names = rules.filter((rule) => !isPointer(rule.path)).map(({ path, action }) => ({ name: path, action }));
  const paths = rules
    .filter((rule) => isPointer(rule.path))
    .flatMap(({ path, action }) => pathRules(compilePath(path), action, lists));
  // The attributes of a log record stand in its body.
  if (kind === 'log') paths.push(...names.map(({ name, action }) => ({ segments: ['**', name], action })));
  return { matcher: new PathMatcher(paths), names, hasPaths: paths.length > 0 };
}

/**
 * A path holds in the request as it was sent and in a record that was cut out of it alike: whoever writes a rule has seen
 * one of the two.
 */
function pathRules(segments: readonly string[], action: RedactionAction, lists: readonly string[]): PathRule[] {
  const variants: (readonly string[])[] = [segments];
  for (const list of lists.map(compilePath)) {
    variants.push([...list, ...segments]);
    if (list.every((name, at) => segments[at] === name)) {
      const rest = segments.slice(list.length);
      variants.push(rest);
      if (/^(?:\*|\d+)$/.test(rest[0] ?? '')) variants.push(rest.slice(1));
    }
  }
  return variants
    .filter((variant) => variant.length > 0 && variant.length <= MOST_SEGMENTS)
    .map((variant) => ({ segments: variant, action }));
}

/** A rule for a request that is no signal yet: what it names may stand at any depth of an envelope. */
function anywhereRule({ path, action }: RedactionRule): PathRule {
  const segments = isPointer(path) ? compilePath(path) : [path];
  return { segments: segments[0] === '**' ? segments : ['**', ...segments], action };
}

function redactedSignal<T extends RedactableSignal>(signal: T, compiled: Compiled, texts: TextRedaction): T {
  const attributes = redactFlatAttributes(signal.attributes, compiled.names, texts);
  const body = compiled.hasPaths ? redactedBody(signal.body, signal.contentType, compiled.matcher, texts) : signal.body;
  // An identity that holds a value which was taken out would keep it after all: its keyed hash is as good an identity.
  const hidden = (text: string): string => (texts.isTelling(text) ? texts.hash(text) : text);
  const { scopedKey } = signal;
  return {
    ...signal,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' ? hidden(value) : value]),
    ),
    body,
    externalId: hidden(signal.externalId),
    source: hidden(signal.source),
    // By its type a signal finds its mapping: only a type that is such a value itself is hidden.
    type: texts.isReplaced(signal.type) ? texts.hash(signal.type) : signal.type,
    scopedKey: texts.isTelling(scopedKey)
      ? `${scopedKey.slice(0, scopedKey.indexOf(':'))}:redacted:${texts.hash(scopedKey)}`
      : scopedKey,
  };
}

function redactedBody(
  body: Uint8Array,
  contentType: string | null,
  matcher: PathMatcher,
  texts: TextRedaction,
): Uint8Array {
  if (body.byteLength === 0) return body;
  const format = payloadFormatOf(contentType ?? undefined) ?? payloadFormatIn(body);
  if (format === undefined) throw new UnredactableBody('the body is neither JSON, XML nor a form');
  const text = textOf(body, format);
  const redacted = REDACT[format](text, matcher, texts);
  return redacted === text ? body : Buffer.from(redacted, 'utf8');
}

const REDACT: Record<PayloadFormat, (text: string, matcher: PathMatcher, texts: TextRedaction) => string> = {
  json: (text, matcher, texts) => redactJson(text, matcher, texts),
  // What is written again is UTF-8, whatever came.
  xml: (text, matcher, texts) => {
    const redacted = redactXml(text, matcher, texts);
    return redacted === text ? text : redacted.replace(DECLARED_ENCODING, '$1UTF-8$2');
  },
  form: redactForm,
};

function textOf(body: Uint8Array, format: PayloadFormat): string {
  try {
    return payloadText(body, format);
  } catch (error) {
    if (error instanceof UnreadablePayload) throw new UnredactableBody(error.message);
    throw error;
  }
}
