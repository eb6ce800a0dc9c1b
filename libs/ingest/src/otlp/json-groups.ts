import { InvalidField, listField, messageField, type WireMessage } from './field-readers.js';
import {
  MEMBERS,
  otherSignalHint,
  placesOf,
  type OtlpSignal,
  type RequestGroup,
  type RequestNotes,
} from './request-group.js';

/** Names are the sender's: what is no plain word stays out of answers. */
const PLAIN_NAME = /^\w{1,40}$/;

const FOREIGN: Readonly<Record<OtlpSignal, readonly string[]>> = {
  traces: ['resourceLogs', 'resourceMetrics', 'resourceProfiles'],
  logs: ['resourceSpans', 'resourceMetrics', 'resourceProfiles'],
};

/** Cuts a parsed request into its groups, one by one as they are asked for. Throws InvalidField when it is none, or one of another signal. */
export function* jsonGroups(
  request: WireMessage,
  signal: OtlpSignal,
  notes: RequestNotes,
): Generator<RequestGroup, void> {
  const members = MEMBERS[signal];
  // Unknown fields are ignored by the protocol, but a whole request of another signal must not vanish with them.
  const foreign = FOREIGN[signal].find((name) => request[name] !== undefined);
  if (foreign !== undefined && request[members.resources] === undefined)
    throw new InvalidField(foreignHint(signal, foreign));
  if (foreign !== undefined) notes.note(`ignored was ${foreign}: ${foreignHint(signal, foreign)}`);
  noteMissing(notes, 'the request holds', request, members.resources, []);
  for (const [index, listed] of listField(request[members.resources], members.resources).entries()) {
    const path = `${members.resources}[${index}]`;
    const resource = messageField(listed, path);
    noteMissing(notes, `${members.resources} hold`, resource, members.scopes, ['resource', 'schemaUrl']);
    for (const [position, scoped] of listField(resource[members.scopes], `${path}.${members.scopes}`).entries()) {
      const scope = messageField(scoped, `${path}.${members.scopes}[]`);
      noteMissing(notes, `${members.scopes} hold`, scope, members.items, ['scope', 'schemaUrl']);
      const items = listField(scope[members.items], `${path}.${members.scopes}[].${members.items}`);
      yield {
        resource: () => resource,
        scope: () => scope,
        itemCount: items.length,
        item: (at) => itemOf(items[at], members.item, notes),
        isOther: () => false,
        place: placesOf(signal, index, position),
      };
    }
  }
}

/** What is ignored must not vanish in silence where nothing is left without it: names of older versions, or in another case. */
function noteMissing(
  notes: RequestNotes,
  what: string,
  message: WireMessage,
  wanted: string,
  known: readonly string[],
): void {
  if (message[wanted] !== undefined) return;
  const other = Object.keys(message).find((name) => !known.includes(name));
  if (other === undefined) return;
  notes.note(`nothing was taken where ${what} ${PLAIN_NAME.test(other) ? other : 'other names'}, no ${wanted}`);
}

function itemOf(value: unknown, what: string, notes: RequestNotes): WireMessage {
  const item = messageField(value, what);
  for (const name in item) if (name.includes('_')) notes.snakeCaseName(name);
  return item;
}

function foreignHint(signal: OtlpSignal, foreign: string): string {
  if (foreign === 'resourceLogs' || foreign === 'resourceSpans') return otherSignalHint(signal).replace(/^[^:]*: /, '');
  return `it holds ${foreign}, no ${MEMBERS[signal].resources}`;
}
