import { duration } from '../format/time.js';
import type { Worded } from '../status/state-words.js';

const STATES: Readonly<Record<string, Worded>> = {
  UNMAPPED: { tone: 'critical', word: 'Cannot be read' },
  PENDING: { tone: 'waiting', word: 'Waiting' },
  MAPPED: { tone: 'good', word: 'Mapped' },
  IGNORED: { tone: 'unknown', word: 'Left out' },
};

export function signalState(state: string): Worded {
  return STATES[state] ?? { tone: 'unknown', word: state };
}

const KINDS: Readonly<Record<string, string>> = {
  SPAN: 'Span',
  LOG: 'Log record',
  CLOUD_EVENT: 'CloudEvent',
  OPENLINEAGE: 'OpenLineage',
  WEBHOOK: 'Webhook',
  FILE_RECORD: 'File record',
};

export function signalKind(kind: string): string {
  return KINDS[kind] ?? kind;
}

const WHY: Readonly<Record<string, string>> = {
  'no-mapping': 'No mapping takes it',
  'no-rule': 'No rule of its mapping takes it',
  unreadable: 'Its bytes are not what they say they are',
  'contract-violation': 'It breaks the contract of its event type',
  'invalid-output': 'A rule took it and made something that is not valid',
};

/** Why a signal could not be read, by the code that the mapping gives. */
export function unmappedWords(code: string): string {
  return WHY[code] ?? code;
}

const WHY_SHORT: Readonly<Record<string, string>> = {
  'no-mapping': 'no mapping',
  'no-rule': 'no rule',
  unreadable: 'unreadable bytes',
  'contract-violation': 'breaks its contract',
  'invalid-output': 'its rule fails',
};

/** The same for a cell of a list. */
export function unmappedShort(code: string): string {
  return WHY_SHORT[code] ?? code;
}

/** "2.1 s", "4 min": how long after it happened it came; a dash where the sender gave no time. */
export function lagWords(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 0) return `${duration(seconds * 1000)} ahead`;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : duration(seconds * 1000);
}

/** "412 B", "18.2 kB", "3.40 MB" */
export function byteWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(2)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** "stripe, version 3, rule invoice-finalized" */
export function mappingWords(use: { name: string; version: number; rule: string }): string {
  return [use.name, `version ${use.version}`, use.rule === '' ? '' : `rule ${use.rule}`].filter(Boolean).join(', ');
}

/** The place is in what the rule made, not in what was received. */
export function isPlaceInOutput(code: string): boolean {
  return code === 'invalid-output';
}

/** Context attributes that a contract may break; all else that it says is about the data. */
const CONTRACT_ATTRIBUTES = new Set(['time', 'dataschema']);

type Placed = { kind: string; attributes: unknown; unmapped: { code: string; place: string | null } | null };

/** The place is a context attribute of a CloudEvent, which stands beside its data and not in it. */
export function isPlaceInAttributes({ kind, attributes, unmapped }: Placed): boolean {
  const name = unmapped?.place?.slice(1);
  if (kind !== 'CLOUD_EVENT' || unmapped === null || name === undefined || isPlaceInOutput(unmapped.code)) return false;
  if (unmapped.code === 'contract-violation') return CONTRACT_ATTRIBUTES.has(name);
  return typeof attributes === 'object' && attributes !== null && name in attributes;
}
