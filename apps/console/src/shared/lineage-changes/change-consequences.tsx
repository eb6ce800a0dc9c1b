import { countNumber } from '../format/words.js';
import type { ChangeReport } from './change-documents.js';
import { ExceptionChanges, MoneyChanges } from './change-tables.js';
import { countsWords } from './change-words.js';
import styles from './lineage-changes.module.css';

/** What would follow for activities, money and exceptions. */
export function ChangeConsequences({ report }: { report: ChangeReport }) {
  const { signals, activities, foreseen, isSample, closedPeriods } = report;
  return (
    <div className={styles['block']}>
      {activities && (
        <p>
          Activities: {countsWords(activities)}
          {signals === null ? '' : `, of ${countNumber(signals)} signals`}.
        </p>
      )}
      {isSample && (
        <p role="note">
          What follows is told of {foreseen === null ? 'a part of the rows' : `the first ${countNumber(foreseen)}`}{' '}
          alone: there are too many to tell all of it. All are counted.
        </p>
      )}
      {closedPeriods.length > 0 && <p>Closed periods change: {closedPeriods.join(', ')}.</p>}
      <MoneyChanges money={report.money} caption="Money of documents" />
      <ExceptionChanges exceptions={report.exceptions} />
    </div>
  );
}
