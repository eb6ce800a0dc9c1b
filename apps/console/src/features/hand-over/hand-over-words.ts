import { formatMoney } from '../../shared/format/money.js';
import { clockTime, dateTime } from '../../shared/format/time.js';
import { count, countNumber, plainWords, titleWords } from '../../shared/format/words.js';
import { exceptionState } from '../../shared/status/state-words.js';
import type { HandOver, HandOverItem } from './hand-over-documents.js';

export type HandOverSection = {
  id: 'claims' | 'waits' | 'cut-offs';
  title: string;
  empty: string;
  count: number;
  lines: readonly HandOverLine[];
};

export type HandOverLine = {
  exceptionId: string;
  when: string | undefined;
  title: string;
  state: string;
  money: string | undefined;
  who: string;
  why: string | undefined;
};

/** What the next shift must know, part by part, in the order in which it is read. */
export function handOverSections({ claims, waits, cutOffs, until, cutOffUntil }: HandOver): HandOverSection[] {
  const hours = (instant: string) => clockTime(instant);
  return [
    {
      id: 'cut-offs',
      title: `Due until ${hours(cutOffUntil)}`,
      empty: 'Nothing is due in the next 12 hours.',
      count: cutOffs.count,
      lines: cutOffs.items.flatMap((item) => lineOf(item, dateTime(item.at), item.step ?? undefined)),
    },
    {
      id: 'waits',
      title: `Waits that end until ${hours(until)}`,
      empty: 'No wait ends in the next shift.',
      count: waits.count,
      lines: waits.items.flatMap((item) => lineOf(item, dateTime(item.at), whyWaiting(item))),
    },
    {
      id: 'claims',
      title: 'In somebody’s hand',
      empty: 'Nobody has anything in hand.',
      count: claims.count,
      lines: claims.items.flatMap((item) => lineOf(item, undefined, undefined)),
    },
  ];
}

function whyWaiting({ exception }: HandOverItem): string | undefined {
  const wait = exception?.wait;
  return wait ? (wait.waitsFor ?? wait.reason.title) : undefined;
}

function lineOf({ exception }: HandOverItem, when: string | undefined, why: string | undefined): HandOverLine[] {
  if (exception === null) return [];
  return [
    {
      exceptionId: exception.id,
      when,
      title: exception.title,
      state: exceptionState(exception.state, exception.resolution).word,
      money: exception.moneyAtRisk ? formatMoney(exception.moneyAtRisk) : undefined,
      who: exception.owner?.displayName ?? 'nobody',
      why: why === undefined ? undefined : plainWords(why),
    },
  ];
}

/** Whose work it is: "Master data", "Anna Lindqvist", "everybody". */
export function whoseWork({ queue, person }: Pick<HandOver, 'queue' | 'person'>): string {
  return person?.displayName ?? (queue === null ? 'everybody' : `the queue ${queue.title}`);
}

/** The sentence that the page begins with. */
export function handOverAnswer(handOver: HandOver): string {
  const { claims, waits, cutOffs } = handOver;
  return `Hand-over of ${whoseWork(handOver)}: ${countNumber(cutOffs.count)} due, ${count(waits.count, 'wait')} ending, ${countNumber(claims.count)} in hand`;
}

// A time line says what one step did; of many of a kind only the kind is known.
const DEEDS: Readonly<Record<string, string>> = {
  assigned: 'Assigned or handed back',
  'not-assigned': 'Assigned to nobody, though a rule names a person',
  commented: 'Noted',
  started: 'Taken in hand',
  waiting: 'Sent to wait',
  moved: 'Moved to another queue',
  prioritised: 'Priority set',
  'requeue-requested': 'Sent again',
  accepted: 'Closed without correction',
  'acceptance-requested': 'Asked to close without correction',
  'acceptance-rejected': 'Refused to close without correction',
  'marked-duplicate': 'Called a duplicate',
  'step-done': 'Steps of runbooks done',
  'ticket-set': 'Linked to a ticket',
};

/** What was done, by kind of step. */
export function doneWords({ kind, exceptions }: HandOver['done'][number]): string {
  return `${DEEDS[kind] ?? titleWords(kind)}: ${count(exceptions, 'exception')}`;
}

/** All of it as text, to be pasted where the next shift reads it. */
export function handOverText(handOver: HandOver): string {
  const head = [
    handOverAnswer(handOver),
    `Shift from ${dateTime(handOver.since)} to ${dateTime(handOver.asOf)}, next until ${dateTime(handOver.until)}`,
  ];
  const parts = handOverSections(handOver).map(({ title, empty, count: total, lines }) =>
    [
      `${title} (${countNumber(total)})`,
      ...(lines.length === 0 ? [`  ${empty}`] : lines.map((line) => `  - ${lineText(line)}`)),
      ...(lines.length < total ? [`  … and ${countNumber(total - lines.length)} more`] : []),
    ].join('\n'),
  );
  const done = ['Done in the shift', ...doneLines(handOver).map((line) => `  - ${line}`)].join('\n');
  return [head.join('\n'), ...parts, done].join('\n\n');
}

function doneLines({ done }: HandOver): string[] {
  return done.length === 0 ? ['Nothing'] : done.map(doneWords);
}

function lineText({ when, title, state, money, who, why }: HandOverLine): string {
  return [when, title, state.toLowerCase(), money, `with ${who}`, why].filter(Boolean).join(' · ');
}
