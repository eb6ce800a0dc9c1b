import { dateTime } from '../../shared/format/time.js';
import { countNumber, plainWords } from '../../shared/format/words.js';
import { settledSentence } from '../../shared/sending/settle-words.js';
import { actionNoun, doneWords, isUndoing } from '../../shared/status/action-words.js';
import type { Certificate } from './certificate-documents.js';

/** The sentence of the page: what became of it. */
export function certificateAnswer({
  attempt,
  request,
  subject,
  became,
  compensation,
}: Pick<Certificate, 'attempt' | 'request' | 'subject' | 'became' | 'compensation'>): string {
  if (attempt.settlement) return `${plainWords(subject.type)} ${subject.key}: ${settledSentence(attempt.settlement)}`;
  if (compensation) return compensationAnswer(compensation, attempt, request.state);
  const what = `${plainWords(subject.type)} ${subject.key}`;
  const documents = became.flatMap((one) => one.documents.map(({ type, key }) => `${plainWords(type)} ${key}`));
  const made = documents.length === 0 ? '' : ` It became ${[...new Set(documents)].join(', ')}.`;
  switch (attempt.state) {
    case 'VERIFIED':
      return `${what} was sent again, and its outcome was seen downstream.${made}`;
    case 'ACKNOWLEDGED':
      return `${what} was sent again and taken; its outcome was not seen yet.${made}`;
    case 'UNKNOWN':
      return `${what} was sent again, and nobody knows whether it was taken.`;
    case 'FAILED':
      return `${what} was sent again and failed again.`;
    case 'REFUSED':
      return attempt.transmissions === 0 ? `${what} was not sent.` : `${what} was not taken by the target.`;
    case 'CANCELLED':
      return attempt.transmissions === 0
        ? `${what} was not sent: it was cancelled before.`
        : `${what} was not taken by the target, and cancelled.`;
    default:
      return `${what} ${UNSENT_WORDS[request.state] ?? 'is about to be sent again.'}`;
  }
}

/** What has not gone out, where its request is not sending. */
const UNSENT_WORDS: Readonly<Partial<Record<Certificate['request']['state'], string>>> = {
  PENDING_APPROVAL: 'waits for approval to be sent again.',
  APPROVING: 'is made ready to be sent again; nothing has gone out.',
  CLOSING: 'will not be sent: it was not approved.',
};

/** What was undone, and by which document. */
function compensationAnswer(
  { action, document, undoneBy }: NonNullable<Certificate['compensation']>,
  { state, transmissions }: Certificate['attempt'],
  request: Certificate['request']['state'],
): string {
  const what = `${plainWords(document.type)} ${document.key}`;
  const noun = `The ${actionNoun(action).toLowerCase()} of ${what}`;
  const by = undoneBy.flatMap((one) => one.documents.map(({ type, key }) => `${plainWords(type)} ${key}`));
  switch (state) {
    case 'VERIFIED':
      if (!isUndoing(action)) return `Somebody was told of ${what}: the integration took it.`;
      return `${what} was ${doneWords(action)}${by.length === 0 ? '' : ` by ${[...new Set(by)].join(', ')}`}.`;
    case 'ACKNOWLEDGED':
      return `${noun} was taken; it was not seen yet.`;
    case 'UNKNOWN':
      return `${noun} was asked for, and nobody knows whether it was taken.`;
    case 'FAILED':
      return `${noun} failed.`;
    case 'REFUSED':
    case 'CANCELLED':
      return transmissions === 0 ? `${noun} was not asked of its target.` : `${noun} was not taken by the target.`;
    default:
      return request === 'PENDING_APPROVAL' ? `${noun} waits for approval.` : `${noun} is about to go out.`;
  }
}

/** "1,024 bytes"; "none". */
export function payloadSize({ bytes }: Pick<Certificate['payload'], 'bytes'>): string {
  return bytes === null ? 'none' : `${countNumber(bytes)} bytes`;
}

/** A name for the payload as a file, by what it looks like. */
export function payloadFileName(attemptId: string, text: string): string {
  const start = text.trimStart().charAt(0);
  const form = start === '<' ? 'xml' : start === '{' || start === '[' ? 'json' : 'txt';
  return `sent-${attemptId}.${form}`;
}

/** Who approved it, or why nobody did. */
export function approvedBy({ approvals, request }: Pick<Certificate, 'approvals' | 'request'>): string {
  const { isBreakGlass, decidedByName, decidedAt, needed } = request.approval;
  const given = approvals.map(({ actorName, at }) => `${actorName}, ${dateTime(at)}`);
  const letGo = `let go in an emergency by ${decidedByName ?? 'somebody'}, ${decidedAt === null ? '' : dateTime(decidedAt)}`;
  if (isBreakGlass) return [...given, letGo].join('; ');
  if (given.length > 0) return given.join('; ');
  return needed === null ? 'nobody had to' : 'nobody';
}
