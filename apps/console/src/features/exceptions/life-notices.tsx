import { Button } from '@mantine/core';
import { useState } from 'react';
import { AcceptanceActs } from '../../shared/acceptance/acceptance-acts.js';
import { acceptanceSentence } from '../../shared/acceptance/acceptance-words.js';
import { dateTime } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { AppLink } from '../../shared/navigation.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Status } from '../../shared/status/status.js';
import { approvalsHref } from '../../shared/url-approvals.js';
import { groupsHref } from '../../shared/url-groups.js';
import { exceptionHref, objectHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import type { ExceptionFull } from './exception-documents.js';
import { WakeDocument } from './life-documents.js';
import { groupSnoozeSentence, handPostingSentence, snoozeSentence, waitSentence } from './life-words.js';
import styles from './life-notices.module.css';

type NoticesProps = { exception: ExceptionFull; zone: string; canWork: boolean; onChanged: () => void };

/** What holds the exception where it is: a wait, a snooze, a doubt, a decision that is due, another exception. */
export function LifeNotices({ exception, zone, canWork, onChanged }: NoticesProps) {
  const { wait, snooze, handPosting, acceptance, duplicateOf, predecessors } = exception;
  const isAsked = acceptance?.state === 'pending';
  const withGroup = groupSnoozeSentence(exception, useNow());
  if (
    !wait &&
    !snooze &&
    withGroup === undefined &&
    !handPosting &&
    !isAsked &&
    !duplicateOf &&
    predecessors.length === 0
  )
    return null;
  return (
    <ul className={styles['notices']} aria-label="Where it stands">
      {predecessors.length > 0 && <Predecessors predecessors={predecessors} />}
      {wait && <Wait wait={wait} zone={zone} />}
      {snooze && (
        <Snooze id={exception.id} version={exception.version} snooze={snooze} canWork={canWork} onChanged={onChanged} />
      )}
      {withGroup !== undefined && (
        <li>
          <Status tone="unknown">Snoozed</Status>
          <span>{withGroup}</span>
          <AppLink href={groupsHref({ open: exception.group.id })}>Show the group</AppLink>
        </li>
      )}
      {handPosting && (
        <li>
          <Status tone={handPosting.verifiedAt === null ? 'warning' : 'good'}>
            {handPosting.verifiedAt === null ? 'Unverified' : 'Verified'}
          </Status>
          <span>{handPostingSentence(handPosting)}</span>
          {handPosting.object && <AppLink href={objectHref(handPosting.object.id)}>Show it</AppLink>}
        </li>
      )}
      {isAsked && acceptance && (
        <li>
          <Status tone="waiting">Awaits approval</Status>
          <span>{acceptanceSentence(acceptance)}</span>
          <AcceptanceActs acceptance={acceptance} onDone={onChanged} />
          <AppLink href={approvalsHref()}>All approvals</AppLink>
        </li>
      )}
      {duplicateOf && (
        <li>
          <Status tone="unknown">Duplicate</Status>
          <span>
            Goes on as <AppLink href={exceptionHref(duplicateOf.id)}>{duplicateOf.title}</AppLink>
          </span>
        </li>
      )}
    </ul>
  );
}

/** What comes before and is stuck too: the one to begin with, and how many stand between. */
function Predecessors({ predecessors }: { predecessors: ExceptionFull['predecessors'] }) {
  const root = predecessors.findLast(({ isRoot }) => isRoot) ?? predecessors.at(-1);
  const others = predecessors.length - 1;
  return (
    <li>
      <Status tone="waiting">Blocked by a predecessor</Status>
      <span>
        Begin with {root && <AppLink href={exceptionHref(root.exception.id)}>{root.exception.title}</AppLink>}
        {others > 0 && `; ${count(others, 'other exception')} before this one`}
      </span>
    </li>
  );
}

function Wait({ wait, zone }: { wait: NonNullable<ExceptionFull['wait']>; zone: string }) {
  return (
    <li>
      <Status tone="waiting">{waitSentence(wait, zone)}</Status>
      <span className="muted">
        {wait.reason.title}, says {wait.startedByName}
        {wait.note !== '' && `: ${wait.note}`}.{' '}
        {wait.reason.pausesClock ? 'The clock is stopped.' : 'The clock runs on.'}
        {wait.checkDetail && wait.checkedAt && ` Looked at ${dateTime(wait.checkedAt, zone)}: ${wait.checkDetail}.`}
      </span>
    </li>
  );
}

type SnoozeProps = {
  id: string;
  version: number;
  snooze: NonNullable<ExceptionFull['snooze']>;
  canWork: boolean;
  onChanged: () => void;
};

function Snooze({ id, version, snooze, canWork, onChanged }: SnoozeProps) {
  const wake = useAct(WakeDocument);
  const [isDone, setDone] = useState(false);
  const run = async () => {
    if (await wake.run({ exceptions: [{ id, version }] })) {
      setDone(true);
      onChanged();
    }
  };
  return (
    <li>
      <Status tone="unknown">Snoozed</Status>
      <span>{snoozeSentence(snooze)}</span>
      {canWork && (
        <Button
          size="compact-xs"
          variant="default"
          loading={wake.isRunning}
          disabled={isDone}
          onClick={() => void run()}
        >
          Bring back
        </Button>
      )}
      {wake.problem && <Problem problem={wake.problem} />}
    </li>
  );
}
