import { dateTime } from '../../../shared/format/time.js';
import { formatMoney } from '../../../shared/format/money.js';
import { useLoad, type Load } from '../../../shared/graphql/use-load.js';
import { AppLink } from '../../../shared/navigation.js';
import { Panel } from '../../../shared/page/panel.js';
import { Failed } from '../../../shared/states/states.js';
import { Status } from '../../../shared/status/status.js';
import type { Tone } from '../../../shared/status/status.js';
import { exceptionHref, exceptionsHref } from '../../../shared/url.js';
import {
  ExceptionFixesDocument,
  GroupFixesDocument,
  type FixLevel,
  type Fixes,
  type PastFix,
} from './fix-documents.js';
import { actWords, levelSentence, similarWords, tallyWords, verdictWords, wayWords } from './fix-words.js';
import styles from './fixes.module.css';

const TITLE = 'What solved this before';

/** What solved the problem of an exception before, and what is like it now. */
export function ExceptionFixesPanel({ exceptionId, groupId }: { exceptionId: string; groupId: string }) {
  const load = useLoad(ExceptionFixesDocument, { id: exceptionId });
  return <FixesPanel load={load} fixes={load.data?.exception?.fixes} groupId={groupId} />;
}

/** The same of a group. */
export function GroupFixesPanel({ groupId }: { groupId: string }) {
  const load = useLoad(GroupFixesDocument, { id: groupId });
  return <FixesPanel load={load} fixes={load.data?.exceptionGroup?.fixes} groupId={groupId} isOfGroup />;
}

type FixesPanelProps = { load: Load<unknown>; fixes: Fixes | undefined; groupId: string; isOfGroup?: boolean };

function FixesPanel({ load, fixes, groupId, isOfGroup = false }: FixesPanelProps) {
  if (load.error && fixes === undefined) return <Failed what="past fixes" error={load.error} onRetry={load.reload} />;
  if (fixes === undefined) return null;
  const { levels, similarOpen } = fixes;
  return (
    <Panel title={TITLE}>
      {levels.length === 0 && (
        <p className="muted">Nothing like it was solved yet. What you do and note here helps whoever meets it next.</p>
      )}
      {levels.map((level) => (
        <Level key={level.scope} level={level} />
      ))}
      {similarOpen.count > 0 && (
        <div className={styles['similar']}>
          <p>
            <AppLink href={exceptionsHref({ group: groupId, snoozed: 'with' })}>
              {similarWords(similarOpen, isOfGroup)}
            </AppLink>{' '}
            {similarOpen.count === 1 ? 'is' : 'are'} open, the latest:
          </p>
          <ul>
            {similarOpen.exceptions.map(({ id, title, businessObject, moneyAtRisk }) => (
              <li key={id}>
                <AppLink href={exceptionHref(id)} title={title} className="mono">
                  {businessObject.key}
                </AppLink>
                {moneyAtRisk && <span className="muted"> {formatMoney(moneyAtRisk)}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  );
}

function Level({ level }: { level: FixLevel }) {
  return (
    <section className={styles['level']} aria-label={levelSentence(level)}>
      <h3 className={styles['sentence']}>
        {levelSentence(level)}; {tallyWords(level)}
      </h3>
      <table className={styles['tallies']}>
        <tbody>
          {level.ways.map((way) => (
            <tr key={way.way}>
              <th scope="row">{wayWords(way.way)}</th>
              <td>{way.endings}</td>
              <td className="muted">{tallyWords(way)}</td>
            </tr>
          ))}
          {level.acts.map((act) => (
            <tr key={`${act.act} ${act.what ?? ''}`} className={styles['act']}>
              <th scope="row">{actWords(act)}</th>
              <td>{act.endings}</td>
              <td className="muted">{tallyWords(act)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        {level.latest.map((fix) => (
          <Past key={`${fix.exceptionId} ${fix.endedAt}`} fix={fix} />
        ))}
      </ul>
    </section>
  );
}

const TONES: Readonly<Record<PastFix['verdict'], Tone>> = {
  STAYED: 'good',
  CAME_AGAIN: 'warning',
  TOO_EARLY: 'unknown',
};

function Past({ fix }: { fix: PastFix }) {
  return (
    <li className={styles['past']}>
      <AppLink href={exceptionHref(fix.exceptionId)} className="mono">
        {fix.objectKey}
      </AppLink>{' '}
      {wayWords(fix.way).toLowerCase()} <Status tone={TONES[fix.verdict]}>{verdictWords(fix.verdict)}</Status>
      <span className="muted">
        {' '}
        {fix.isByPerson ? `${fix.byName}, ` : ''}
        {dateTime(fix.endedAt)}
      </span>
      {fix.note && <p className={styles['note']}>{fix.note}</p>}
    </li>
  );
}
