import { dateTime, exactInstant } from '../format/time.js';
import { count, countNumber } from '../format/words.js';
import type { Afterwards } from './change-documents.js';
import { ExceptionChanges, MoneyChanges } from './change-tables.js';
import { countsWords } from './change-words.js';
import { DifferenceTables } from './difference-tables.js';
import styles from './lineage-changes.module.css';

/** What was changed, and whether it came as it was foreseen. */
export function ChangesAfterwards({ afterwards }: { afterwards: Afterwards }) {
  const { activities, comparedAt, asForeseen, otherwise, differences, money, exceptions } = afterwards;
  return (
    <section className={styles['block']} aria-label="Changes afterwards">
      {activities && <p>Activities that were changed: {countsWords(activities)}.</p>}
      {comparedAt === null ? (
        <p className="muted">What follows from it is looked at as soon as all of it is projected.</p>
      ) : (
        <p className="muted">
          Looked at <time title={exactInstant(comparedAt)}>{dateTime(comparedAt)}</time>.
        </p>
      )}
      {asForeseen !== null && otherwise !== null && (
        <p>
          {count(asForeseen, 'row')} as foreseen
          {otherwise === 0 ? ', none otherwise.' : `, ${countNumber(otherwise)} otherwise.`}
        </p>
      )}
      {differences.length > 0 && (
        <DifferenceTables caption="What changed" differences={differences.map((one) => ({ ...one, samples: [] }))} />
      )}
      {comparedAt !== null && <MoneyChanges money={money} caption="Money that changed" />}
      {exceptions && <ExceptionChanges exceptions={exceptions} />}
    </section>
  );
}
