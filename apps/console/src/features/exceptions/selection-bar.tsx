import { Button, Tooltip } from '@mantine/core';
import { count, countNumber } from '../../shared/format/words.js';
import { ActButtons } from './act-buttons.js';
import type { ExceptionActs } from './use-exception-acts.js';
import styles from './exceptions.module.css';

type SelectionBarProps = {
  selected: number;
  /** where not single exceptions are selected */
  said?: string;
  /** of all that match, loaded or not */
  total: number;
  isEstimate: boolean;
  isAll: boolean;
  onAll: () => void;
  acts: ExceptionActs;
};

/** What is picked, and what can be done with it. */
export function SelectionBar({ selected, said, total, isEstimate, isAll, onAll, acts }: SelectionBarProps) {
  const about = isEstimate ? 'about ' : '';
  return (
    <div className={styles['bar']} role="toolbar" aria-label="What to do with the selection">
      <strong>
        {isAll
          ? `All ${about}${count(total, 'exception')} that match`
          : (said ?? `${count(selected, 'exception')} selected`)}
      </strong>
      {!isAll && total > selected && (
        <Tooltip label="Also those that are not loaded (Shift-a)">
          <Button size="compact-xs" variant="subtle" onClick={onAll}>
            Select all {about}
            {countNumber(total)} that match
          </Button>
        </Tooltip>
      )}
      <ActButtons acts={acts} size="compact-xs" isForMany={isAll || selected > 1} />
    </div>
  );
}
