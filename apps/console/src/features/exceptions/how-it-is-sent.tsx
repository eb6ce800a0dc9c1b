import { Button } from '@mantine/core';
import { useState } from 'react';
import {
  canaryWords,
  limitsSentence,
  waitsWords,
  type Hours,
  type Limits,
} from '../../shared/sending/sending-words.js';
import { LimitsFields } from '../../shared/sending/limits-fields.js';
import { limitsIn, type LimitsDraft } from '../../shared/sending/limits-draft.js';
import { StatusShape } from '../../shared/status/status.js';
import { useNow } from '../../shared/use-now.js';
import styles from '../../shared/sending/sending.module.css';

export type PlanTarget = { integration: string; opensAt: string | null; hours: Hours | null };

type HowItIsSentProps = {
  /** what the targets take where the person says nothing */
  defaults: Limits;
  targets: readonly PlanTarget[];
  draft: LimitsDraft;
  onChange: (draft: LimitsDraft) => void;
};

/** Within which limits it goes, to be changed by whoever unfolds it; and which targets are closed now. */
export function HowItIsSent({ defaults, targets, draft, onChange }: HowItIsSentProps) {
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const limits = limitsIn(draft, defaults);
  const waits = targets.flatMap((target) => waitsWords(target, now) ?? []);
  return (
    <>
      {waits.map((words) => (
        <p key={words}>
          <StatusShape tone="waiting" /> What goes there {words}.
        </p>
      ))}
      <div className={styles['folded']}>
        <Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          How it is sent
        </Button>
        {isOpen && (
          <>
            <p className="muted">
              {limits ? `${canaryWords(limits)} ${limitsSentence(limits)}` : 'Some limit is not one that holds.'}{' '}
              Whoever approves it approves these limits too.
            </p>
            <LimitsFields draft={draft} onChange={onChange} bound={defaults} />
          </>
        )}
      </div>
    </>
  );
}
