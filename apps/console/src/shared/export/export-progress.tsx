import { Button } from '@mantine/core';
import { Icon } from '../icons/icon.js';
import { StatusShape } from '../status/status.js';
import { byteWords } from './download-export.js';
import type { ExportState } from './use-export.js';
import styles from './export-progress.module.css';

type ProgressProps = {
  /** what is exported: "transactions" */
  noun: string;
  state: ExportState;
  onCancel: () => void;
  onAgain: (href: string) => void;
  onDismiss: () => void;
};

/** How far a slow export has come, or why it failed. */
export function ExportProgress({ noun, state, onCancel, onAgain, onDismiss }: ProgressProps) {
  if (state.phase === 'failed') {
    return (
      <span role="alert" className={styles['failed']}>
        <StatusShape tone="critical" size={12} />
        <span>{state.message}</span>
        <Button variant="default" size="compact-xs" onClick={() => onAgain(state.href)}>
          Try again
        </Button>
        <Button variant="subtle" color="gray" size="compact-xs" aria-label="Dismiss" onClick={onDismiss}>
          <Icon name="close" size={12} />
        </Button>
      </span>
    );
  }
  if (state.phase !== 'running' || !state.isSlow) return null;
  return (
    <span role="status" className={styles['progress']}>
      {state.bytes === 0 ? `Reading the ${noun} …` : `${byteWords(state.bytes)} so far`}
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onCancel}>
        Cancel
      </Button>
    </span>
  );
}
