import { InvalidField, listField, messageField, type WireMessage } from './field-readers.js';
import { otherSignalHint, type OtlpSignal, type RequestGroup } from './request-group.js';

const MEMBERS = {
  traces: { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans', item: 'span' },
  logs: { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords', item: 'log record' },
} as const;

const FOREIGN: Readonly<Record<OtlpSignal, readonly string[]>> = {
  traces: ['resourceLogs', 'resourceMetrics', 'resourceProfiles'],
  logs: ['resourceSpans', 'resourceMetrics', 'resourceProfiles'],
};

/** Cuts a parsed request into its groups, one by one as they are asked for. Throws InvalidField when it is none, or one of another signal. */
export function* jsonGroups(request: WireMessage, signal: OtlpSignal): Generator<RequestGroup, void> {
  const members = MEMBERS[signal];
  // Unknown fields are ignored by the protocol, but a whole request of another signal must not vanish with them.
  const foreign = FOREIGN[signal].find((name) => request[name] !== undefined);
  if (foreign !== undefined && request[members.resources] === undefined)
    throw new InvalidField(foreignHint(signal, foreign));
  for (const [index, listed] of listField(request[members.resources], members.resources).entries()) {
    const path = `${members.resources}[${index}]`;
    const resource = messageField(listed, path);
    for (const scoped of listField(resource[members.scopes], `${path}.${members.scopes}`)) {
      const scope = messageField(scoped, `${path}.${members.scopes}[]`);
      const items = listField(scope[members.items], `${path}.${members.scopes}[].${members.items}`);
      yield {
        resource: () => resource,
        scope: () => scope,
        itemCount: items.length,
        item: (position) => messageField(items[position], members.item),
        isOther: () => false,
      };
    }
  }
}

function foreignHint(signal: OtlpSignal, foreign: string): string {
  if (foreign === 'resourceLogs' || foreign === 'resourceSpans') return otherSignalHint(signal).replace(/^[^:]*: /, '');
  return `it holds ${foreign}, no ${MEMBERS[signal].resources}`;
}
