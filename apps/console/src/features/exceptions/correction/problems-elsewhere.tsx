import { Button } from '@mantine/core';
import { StatusShape } from '../../../shared/status/status.js';
import type { Check } from './use-correction-check.js';
import styles from './correction.module.css';

type ProblemsElsewhereProps = {
  /** what is wrong at places of which the form shows nothing */
  problems: Check['problems'];
  /** whether the form has the place, on another page */
  canShow: (pointer: string) => boolean;
  onShow: (pointer: string) => void;
  /** why it could not be checked */
  failure: string | undefined;
};

/** What stands in the way and cannot be put right in what the form shows. */
export function ProblemsElsewhere({ problems, failure, canShow, onShow }: ProblemsElsewhereProps) {
  if (problems.length === 0 && failure === undefined) return null;
  return (
    <ul className={styles['elsewhere']} aria-label="What stands in the way">
      {failure !== undefined && (
        <li>
          <StatusShape tone="critical" /> It could not be checked: {failure}
        </li>
      )}
      {problems.map(({ pointer, code, message }) => (
        <li key={`${pointer} ${code} ${message}`}>
          <StatusShape tone="critical" />
          <span>
            <code className="mono">{pointer === '' ? 'the payload' : pointer}</code> {message}
          </span>
          {canShow(pointer) && (
            <Button variant="subtle" size="compact-xs" aria-label={`Show ${pointer}`} onClick={() => onShow(pointer)}>
              Show it
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
