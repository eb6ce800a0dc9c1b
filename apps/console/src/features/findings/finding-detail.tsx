import { findingText } from '../../shared/findings/finding-words.js';
import { dateTime } from '../../shared/format/time.js';
import { plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts } from '../../shared/page/panel.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { objectHref } from '../../shared/url.js';
import type { FindingKindName } from '../../shared/url-lineage.js';
import { SubjectLink } from './finding-columns.js';
import { kindName } from './findings-answer.js';
import type { Finding } from './findings-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './findings-page.module.css';

type Props = { finding: Finding | undefined; onClose: () => void };

/** One finding in whole: what is wrong, what it means, what to do, and what else it is about. */
export function FindingDetail({ finding, onClose }: Props) {
  if (finding === undefined) {
    return (
      <div className={page['detail']}>
        <DetailHead topline={null} title="This finding is not on the list" onClose={onClose} />
        <Empty title="It was mended, or stands further down">
          Findings go by themselves once what made them is mended at its source.
        </Empty>
      </div>
    );
  }
  const { title, what, todo } = findingText(finding);
  const { transaction, object, related, since } = finding;
  const counterparty = object?.counterparty ?? transaction?.counterparty;
  const legalEntity = object?.legalEntity ?? transaction?.legalEntity;
  return (
    <div className={page['detail']}>
      <DetailHead
        topline={<Status tone="warning">{kindName(finding.kind satisfies FindingKindName)}</Status>}
        title={title}
        onClose={onClose}
      />
      <Facts
        facts={[
          { name: transaction === null ? 'About' : 'Transaction', value: <SubjectLink finding={finding} most={40} /> },
          ...(counterparty ? [{ name: 'Counterparty', value: counterparty }] : []),
          ...(legalEntity ? [{ name: 'Entity', value: legalEntity }] : []),
          ...(transaction === null ? [] : [{ name: 'Workflow', value: transaction.workflowTitle }]),
          ...(since === null ? [] : [{ name: 'Since', value: dateTime(since) }]),
        ]}
      />
      <section aria-label="What is found">
        <h3 className={styles['heading']}>What is found</h3>
        <p>{what}</p>
      </section>
      {todo && (
        <section aria-label="What to do">
          <h3 className={styles['heading']}>What to do</h3>
          <p>{todo}</p>
        </section>
      )}
      {related.length > 0 && (
        <section aria-label="Also about">
          <h3 className={styles['heading']}>Also about</h3>
          <ul className={styles['related']}>
            {related.map((other) => (
              <li key={other.id}>
                <AppLink href={objectHref(other.id)}>
                  {plainWords(other.type)} <span className="mono">{other.key}</span>
                </AppLink>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="muted">
        A finding stops nothing: its documents are followed all the same. It goes by itself once what made it is mended.
      </p>
    </div>
  );
}
