import { Button } from '@mantine/core';
import { ChangeList } from '../../../shared/payload/change-list.js';
import { StatusShape } from '../../../shared/status/status.js';
import { movedLists } from './list-draft.js';
import type { Stale } from './use-correction.js';
import styles from './correction.module.css';

/** Somebody saved meanwhile: what, and how to go on without losing what is typed. */
export function StaleNotice({ stale, onGoOn }: { stale: Stale; onGoOn: () => void }) {
  const moved = movedLists(stale.changes);
  return (
    <div role="alert" className={styles['stale']}>
      <p>
        <StatusShape tone="warning" /> {stale.savedBy} saved version {stale.latestVersion} meanwhile. Nothing of yours
        was saved.
      </p>
      <ChangeList changes={stale.changes} label={`What version ${stale.latestVersion} changed`} />
      {moved.length > 0 && (
        <p>
          What you wrote in <code className="mono">{moved.join(', ')}</code> is not kept: elements came or went there.
        </p>
      )}
      <div>
        <Button variant="default" size="xs" onClick={onGoOn}>
          Go on from version {stale.latestVersion}
        </Button>
      </div>
    </div>
  );
}
