import { plainWords } from '../../shared/format/words.js';
import type { Certificate } from './certificate-documents.js';

/** The sentence of the page: what became of it. */
export function certificateAnswer({
  attempt,
  subject,
  became,
}: Pick<Certificate, 'attempt' | 'subject' | 'became'>): string {
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
      return `${what} was not taken by the target.`;
    case 'CANCELLED':
      return `${what} was not sent: it was cancelled before.`;
    default:
      return `${what} is about to be sent again.`;
  }
}
