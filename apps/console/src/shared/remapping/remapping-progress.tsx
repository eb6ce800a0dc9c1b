import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { Status, StatusShape } from '../status/status.js';
import { describeFailure } from '../graphql/failure.js';
import { useAct } from '../graphql/use-act.js';
import { Problem } from '../page/form-dialog.js';
import { PermittedButton } from '../page/permitted-button.js';
import { lineageApprovalsHref } from '../url-approvals.js';
import { AppLink } from '../navigation.js';
import { useEvery } from '../use-every.js';
import { CancelRemappingDocument, RemappingsDocument, type Remapping } from './remapping-documents.js';
import { isOver, remappingSentence, remappingState } from './remapping-words.js';
import styles from './remapping.module.css';

const ASK_EVERY_MS = 1000;
// Far more acts than run at once; an older one is over.
const LATEST = 50;

/** Follows one act of mapping again until it is over. */
export function useRemapping(started: Remapping | undefined): { remapping: Remapping | undefined; trouble?: string } {
  const client = useClient();
  const [latest, setLatest] = useState(started);
  const [trouble, setTrouble] = useState<string>();
  const remapping = latest?.id === started?.id ? latest : started;
  useEvery(
    ASK_EVERY_MS,
    () => {
      void client
        .query(RemappingsDocument, { first: LATEST }, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ data, error }) => {
          const found = data?.remappings.edges.find(({ node }) => node.id === started?.id)?.node;
          if (found) setLatest(found);
          setTrouble(error && describeFailure(error).message);
        });
    },
    remapping !== undefined && !isOver(remapping),
  );
  return trouble === undefined ? { remapping } : { remapping, trouble };
}

/** How far an act of mapping again is. */
export function RemappingProgress({ started, onOver }: { started: Remapping; onOver: () => void }) {
  const { remapping = started, trouble } = useRemapping(started);
  const { tone, word } = remappingState(remapping.state);
  const isDone = isOver(remapping);
  const tellOver = useRef(onOver);
  useEffect(() => {
    tellOver.current = onOver;
  });
  useEffect(() => {
    if (isDone) tellOver.current();
  }, [isDone]);
  const total = remapping.signalsTotal;
  return (
    <div className={styles['progress']} role="status">
      <p className={styles['line']}>
        <Status tone={tone}>{word}</Status> <span>{remappingSentence(remapping)}</span>
      </p>
      {remapping.leftOut && <p className="muted">{remapping.leftOut}</p>}
      {remapping.state === 'pending' && remapping.approval && (
        <AppLink href={lineageApprovalsHref({ open: remapping.approval.id })}>See what it would change</AppLink>
      )}
      {!isDone && remapping.state !== 'pending' && (
        <progress
          aria-label={remapping.state === 'reporting' ? 'Signals compared' : 'Signals mapped again'}
          className={styles['bar']}
          {...(total === null ? {} : { value: remapping.signalsDone, max: Math.max(total, 1) })}
        />
      )}
      {!isDone && <Cancel id={remapping.id} />}
      {trouble && (
        <p className={styles['trouble']}>
          <StatusShape tone="warning" /> {trouble} It goes on without this page.
        </p>
      )}
    </div>
  );
}

function Cancel({ id }: { id: string }) {
  const act = useAct(CancelRemappingDocument);
  return (
    <>
      <PermittedButton
        needs="mapping.run"
        what="Mapping again"
        size="compact-sm"
        variant="subtle"
        loading={act.isRunning}
        onClick={() => void act.run({ id })}
      >
        Cancel
      </PermittedButton>
      {act.problem && <Problem problem={act.problem} />}
    </>
  );
}
