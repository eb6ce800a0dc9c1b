import { Button } from '@mantine/core';
import { exactInstant } from '../../shared/format/time.js';
import { plainWords } from '../../shared/format/words.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink } from '../../shared/navigation.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PayloadView } from '../../shared/payload/payload-view.js';
import { evidenceHref, exceptionHref, traceHref } from '../../shared/url.js';
import { SealMark, type AuditRow } from './evidence-columns.js';
import { actionWords } from './evidence-words.js';
import styles from './evidence-page.module.css';

/** One record, whole. */
export function EvidenceDetail({ record, onClose }: { record: AuditRow; onClose: () => void }) {
  return (
    <article className={styles['detail']} aria-label="Record">
      <header className={styles['head']}>
        <h2>
          {record.actorName}: {actionWords(record.action).toLowerCase()}
        </h2>
        <Button variant="subtle" color="gray" size="compact-xs" aria-label="Close the detail" onClick={onClose}>
          <Icon name="close" size={14} />
        </Button>
      </header>
      <Facts
        facts={[
          { name: 'When', value: <span className="mono">{exactInstant(record.at)}</span> },
          { name: 'Record', value: <SealMark isSealed={record.isSealed} /> },
          { name: 'Number', value: record.sequence ?? '–' },
          {
            name: plainWords(record.subjectType),
            value:
              record.subjectType === 'exception' ? (
                <AppLink href={exceptionHref(record.subjectId)} className="mono">
                  {record.subjectId}
                </AppLink>
              ) : (
                <span className="mono">{record.subjectId}</span>
              ),
          },
          {
            name: 'Same subject',
            value: (
              <AppLink href={evidenceHref({ subject: record.subjectId, type: record.subjectType })}>
                all records
              </AppLink>
            ),
          },
          ...(record.traceId
            ? [
                {
                  name: 'Run',
                  value: <AppLink href={traceHref(record.traceId)}>{record.traceId.slice(0, 12)}…</AppLink>,
                },
              ]
            : []),
        ]}
      />
      <Panel title="What was recorded" isFlush>
        <PayloadView payload={record.details} label="Details of the record" />
      </Panel>
    </article>
  );
}
