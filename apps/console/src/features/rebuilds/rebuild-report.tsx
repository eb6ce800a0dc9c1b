import { dateTime, exactInstant } from '../../shared/format/time.js';
import { ChangeConsequences } from '../../shared/lineage-changes/change-consequences.js';
import { ChangesAfterwards } from '../../shared/lineage-changes/changes-afterwards.js';
import { DifferenceTables } from '../../shared/lineage-changes/difference-tables.js';
import type { Rebuild } from './rebuild-documents.js';
import styles from './rebuilds.module.css';

const FORESEEN = ['reporting', 'pending', 'ready', 'waiting'];

/** What a rebuild would change of lineage, money and exceptions, or what differed, and what changed afterwards. */
export function RebuildReport({ rebuild }: { rebuild: Rebuild }) {
  const { comparedAt, differences, report, afterwards, state, isWhole } = rebuild;
  if (differences === null) return null;
  const what = isWhole ? 'the switch' : 'mapping again';
  return (
    <div className={styles['report']}>
      {comparedAt && (
        <p className="muted">
          Compared <time title={exactInstant(comparedAt)}>{dateTime(comparedAt)}</time>; what came since is in both.
        </p>
      )}
      {report && <ChangeConsequences report={report} />}
      <DifferenceTables
        caption={FORESEEN.includes(state) ? `What ${what} would change` : 'What differed'}
        differences={differences}
        after={isWhole ? 'As the rebuild makes it' : 'As it would be'}
      />
      {afterwards && <ChangesAfterwards afterwards={afterwards} />}
    </div>
  );
}
