import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';
import { matchesGlob } from '../packs/glob.js';
import { attributeText, type Attributes, type AttributeValue, type SpanRecord } from '../otlp/span-record.js';
import type { PathMatcher, Position } from './path-matcher.js';
import { redactJson } from './redact-json.js';
import { stricter, type RedactionAction } from './redaction-action.js';
import type { TextRedaction } from './redact-text.js';
import { UnredactableBody } from './unredactable-body.js';

/** A rule by the name of an attribute, in any case; `*` = any characters. */
export type NameRule = { name: string; action: RedactionAction };

/** Redacts flat attributes (CloudEvents context, facts of a request) by name. */
export function redactFlatAttributes(
  attributes: Readonly<Record<string, CloudEventAttribute>>,
  rules: readonly NameRule[],
  texts: TextRedaction,
): Record<string, CloudEventAttribute> {
  const kept: Record<string, CloudEventAttribute> = {};
  for (const [name, value] of Object.entries(attributes)) {
    const action = actionOfName(rules, name);
    if (action === 'drop') texts.note(String(value));
    else kept[name] = action === undefined ? value : texts.replace(String(value), action);
  }
  return kept;
}

/**
 * Redacts spans: rules by name hold for the attributes of span, events, links, resource and scope alike, rules by path see
 * a span as `{ name, statusMessage, attributes, events, links, resource, scope }`. What nothing was taken from is returned
 * as the same object.
 */
export function redactSpans(
  spans: readonly SpanRecord[],
  matcher: PathMatcher,
  names: readonly NameRule[],
  texts: TextRedaction,
): SpanRecord[] {
  const walk = new AttributeWalk(matcher, names, texts);
  // One resource and one scope stand for many spans, and stay one object.
  const shared = new Map<object, object>();
  const once = <T extends object>(value: T, redact: (value: T) => T): T => {
    const known = shared.get(value);
    if (known !== undefined) return known as T;
    const redacted = redact(value);
    shared.set(value, redacted);
    return redacted;
  };
  const at = (...path: string[]): Position =>
    path.reduce<Position>((position, name) => matcher.into(position, name), matcher.start);
  const within = <T extends { attributes: Attributes }>(value: T, position: Position): T => {
    const attributes = walk.attributes(value.attributes, matcher.into(position, 'attributes'));
    return attributes === value.attributes ? value : { ...value, attributes };
  };
  return spans.map((span) => {
    const resource = once(span.resource, (value) => within(value, at('resource')));
    return {
      ...span,
      name: walk.text(span.name, at('name')),
      statusMessage: walk.text(span.statusMessage, at('statusMessage')),
      resource,
      serviceName:
        resource === span.resource ? span.serviceName : (attributeText(resource.attributes['service.name']) ?? ''),
      scope: once(span.scope, (value) => within(value, at('scope'))),
      attributes: walk.attributes(span.attributes, at('attributes')),
      events: span.events.map((event, index) => {
        const position = matcher.intoElement(at('events'), index);
        return { ...within(event, position), name: walk.text(event.name, matcher.into(position, 'name')) };
      }),
      links: span.links.map((link, index) => within(link, matcher.intoElement(at('links'), index))),
    };
  });
}

function actionOfName(rules: readonly NameRule[], name: string): RedactionAction | undefined {
  return rules
    .filter((rule) => matchesGlob(name, rule.name))
    .reduce<RedactionAction | undefined>((found, rule) => stricter(found, rule.action), undefined);
}

class AttributeWalk {
  private readonly actions = new Map<string, RedactionAction | undefined>();

  constructor(
    private readonly matcher: PathMatcher,
    private readonly names: readonly NameRule[],
    private readonly texts: TextRedaction,
  ) {}

  attributes(attributes: Attributes, position: Position, inherited?: RedactionAction): Attributes {
    let isChanged = false;
    const kept: Attributes = {};
    for (const [name, value] of Object.entries(attributes)) {
      const into = this.matcher.into(position, name);
      const byName = stricter(this.byName(name), this.matcher.actionAt(into));
      const action = stricter(inherited, byName);
      if (action === 'drop') {
        this.note(value);
        isChanged = true;
        continue;
      }
      const redacted = this.value(value, into, action);
      isChanged ||= redacted !== value;
      setOwn(kept, name, redacted);
    }
    return isChanged ? kept : attributes;
  }

  text(text: string, position: Position): string {
    const action = this.matcher.actionAt(position);
    if (action === undefined) return text;
    if (action !== 'drop') return this.texts.replace(text, action);
    this.texts.note(text);
    return '';
  }

  private value(value: AttributeValue, position: Position, action: 'mask' | 'hash' | undefined): AttributeValue {
    if (Array.isArray(value)) {
      const redacted = value.map((item, index): AttributeValue => {
        const into = this.matcher.intoElement(position, index);
        const own = stricter(action, this.matcher.actionAt(into));
        if (own !== 'drop') return this.value(item, into, own);
        this.note(item);
        return null;
      });
      return redacted.every((item, index) => item === value[index]) ? value : redacted;
    }
    if (typeof value === 'object' && value !== null && 'map' in value) {
      const map = this.attributes(value.map, position, action);
      return map === value.map ? value : { map };
    }
    if (action !== undefined) {
      const text = textOf(value);
      return text === undefined ? value : this.texts.replace(text, action);
    }
    return typeof value === 'string' ? this.lookInto(value, position) : value;
  }

  /** A payload that was captured as an attribute. */
  private lookInto(value: string, position: Position): string {
    if (position === undefined || !/^\s*[[{]/.test(value)) return value;
    try {
      return redactJson(value, this.matcher, this.texts, position);
    } catch (error) {
      if (error instanceof UnredactableBody) return value;
      throw error;
    }
  }

  private byName(name: string): RedactionAction | undefined {
    if (this.names.length === 0) return undefined;
    if (!this.actions.has(name)) this.actions.set(name, actionOfName(this.names, name));
    return this.actions.get(name);
  }

  private note(value: AttributeValue): void {
    const text = textOf(value);
    if (text !== undefined) this.texts.note(text);
  }
}

function textOf(value: AttributeValue): string | undefined {
  const text = attributeText(value);
  if (text !== undefined) return text;
  return typeof value === 'object' && value !== null && 'bytes' in value ? String(value.bytes) : undefined;
}

/** An attribute called `__proto__` is one like any other. */
function setOwn(attributes: Attributes, name: string, value: AttributeValue): void {
  Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true });
}
