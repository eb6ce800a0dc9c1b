import { StatusShape } from '../../../shared/status/status.js';
import type { Check } from './use-correction-check.js';
import styles from './correction.module.css';

type ProblemsElsewhereProps = {
  /** what is wrong at places that stand in no field of the form */
  problems: Check['problems'];
  /** why it could not be checked */
  failure: string | undefined;
};

/** What stands in the way and cannot be put right in the form. */
export function ProblemsElsewhere({ problems, failure }: ProblemsElsewhereProps) {
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
        </li>
      ))}
    </ul>
  );
}
