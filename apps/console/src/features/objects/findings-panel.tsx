import { plainWords } from '../../shared/format/words.js';
import { dateTime } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { Status } from '../../shared/status/status.js';
import { objectHref } from '../../shared/url.js';
import { findingsHref } from '../../shared/url-lineage.js';
import { findingText } from '../../shared/findings/finding-words.js';
import type { Finding } from './object-documents.js';
import styles from './object-page.module.css';

/** What is wrong with the lineage or the master data of the object, and what to do about each. */
export function FindingsPanel({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <Panel
      title="Findings"
      aside={
        <>
          {count(findings.length, 'finding')} · <AppLink href={findingsHref()}>all findings</AppLink>
        </>
      }
    >
      <ul className={styles['findings']}>
        {findings.map((finding) => {
          const { title, what, todo } = findingText(finding);
          return (
            <li key={`${finding.kind}/${finding.about}`}>
              <div className={styles['findingHead']}>
                <Status tone="warning">{title}</Status>
                {finding.since && <span className="muted">since {dateTime(finding.since)}</span>}
              </div>
              <p>{what}</p>
              {finding.related.length > 0 && (
                <p className="muted">
                  Also about{' '}
                  {finding.related.map((object, index) => (
                    <span key={object.id}>
                      {index > 0 && ', '}
                      <AppLink href={objectHref(object.id)}>
                        {plainWords(object.type)} <span className="mono">{object.key}</span>
                      </AppLink>
                    </span>
                  ))}
                </p>
              )}
              {todo && (
                <p>
                  <strong>What to do:</strong> {todo}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
