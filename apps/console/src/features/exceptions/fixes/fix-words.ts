import { duration } from '../../../shared/format/time.js';
import { count, plainWords } from '../../../shared/format/words.js';
import type { FixLevel, PastFix } from './fix-documents.js';

/** From so many cases on a share says more than the cases themselves. */
const CASES_OF_A_SHARE = 20;

type Tally = Pick<FixLevel, 'endings' | 'stayed' | 'cameAgain' | 'tooEarly'>;

/** What became of fixes, honest about few: "2 of 3 stayed solved, 1 too recent to tell". */
export function tallyWords({ stayed, cameAgain, tooEarly }: Tally): string {
  const known = stayed + cameAgain;
  const recent = tooEarly === 0 ? undefined : `${tooEarly} too recent to tell`;
  if (known === 0) return recent ?? '';
  const share =
    known < CASES_OF_A_SHARE
      ? `${stayed} of ${known} stayed solved`
      : `${Math.round((stayed / known) * 100)} % of ${known} stayed solved`;
  return recent === undefined ? share : `${share}, ${recent}`;
}

const WAYS: Readonly<Record<PastFix['way'], string>> = {
  VERIFIED_REQUEUE: 'Sent again, outcome verified',
  PROVED_BY_PERSON: 'Sent again, outcome stated by a person',
  COMPENSATED: 'Undone: reversed or cancelled',
  SOURCE_FIXED: 'Fixed at its source',
  POSTED_BY_HAND: 'Posted by hand',
  VANISHED: 'Overcome by itself',
  ACCEPTED: 'Closed without correction',
};

export function wayWords(way: PastFix['way']): string {
  return WAYS[way];
}

/** What people did on the way. */
export function actWords({ act, what }: Pick<FixLevel['acts'][number], 'act' | 'what'>): string {
  switch (act) {
    case 'SENT_AGAIN':
      return 'Sent again';
    case 'STEP_DONE':
      return what === null ? 'Step of the runbook' : `Step “${what}”`;
    case 'MOVED':
      return what === null ? 'Moved to another queue' : `Moved to ${plainWords(what)}`;
    case 'WAITED':
      return what === null ? 'Waited' : `Waited: ${plainWords(what)}`;
  }
}

const VERDICTS: Readonly<Record<PastFix['verdict'], string>> = {
  STAYED: 'stayed solved',
  CAME_AGAIN: 'came again',
  TOO_EARLY: 'too recent to tell',
};

export function verdictWords(verdict: PastFix['verdict']): string {
  return VERDICTS[verdict];
}

const SCOPES: Readonly<Record<FixLevel['scope'], string>> = {
  GROUP: 'In this group',
  STEP: 'This problem at this step',
  PROBLEM: 'This problem anywhere',
};

/** "In this group: ended 3 times, half of them within 2 h". */
export function levelSentence({ scope, endings, isCut, medianSeconds }: FixLevel): string {
  const times = `${isCut ? 'the latest ' : ''}${count(endings, 'time')}`;
  const half =
    medianSeconds === null ? '' : `, ${endings === 1 ? 'in' : 'half of them within'} ${duration(medianSeconds * 1000)}`;
  return `${SCOPES[scope]}: ended ${times}${half}`;
}

/** "2 others like it", "1 open exception": what is like an exception, or in a group. */
export function similarWords({ count: similar, isCut }: { count: number; isCut: boolean }, isOfGroup: boolean): string {
  const [one, many] = isOfGroup
    ? ['exception of the group', 'exceptions of the group']
    : ['other like it', 'others like it'];
  return `${isCut ? 'More than ' : ''}${count(similar, one, many)}`;
}
