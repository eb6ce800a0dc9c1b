import { findingText } from '../../shared/findings/finding-words.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { StatusShape } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { objectHref, transactionHref } from '../../shared/url.js';
import type { Finding } from './findings-documents.js';

/** A finding has no id of its own: one kind, of one subject, about one thing of it. */
export function findingId({ kind, subjectId, about }: Finding): string {
  return `${kind}/${subjectId}/${about}`;
}

export type Subject = { type: string; key: string; href: string; legalEntity: string | null };

/** What a finding is about; undefined when it is no longer there. */
export function subjectOf({ object, transaction }: Finding): Subject | undefined {
  if (object !== null)
    return { type: object.type, key: object.key, href: objectHref(object.id), legalEntity: object.legalEntity };
  if (transaction === null) return undefined;
  const { anchor, legalEntity } = transaction;
  return { type: anchor.type, key: anchor.key, href: transactionHref(transaction.id), legalEntity };
}

export function findingColumns(): DataColumn<Finding>[] {
  return [
    {
      id: 'finding',
      header: 'Finding',
      width: 330,
      cell: (row) => (
        <span title={findingText(row).title}>
          <StatusShape tone="warning" /> {findingText(row).title}
        </span>
      ),
    },
    { id: 'subject', header: 'About', width: 236, cell: (row) => <SubjectLink finding={row} most={20} /> },
    { id: 'entity', header: 'Entity', width: 62, hideBelow: 900, cell: (row) => subjectOf(row)?.legalEntity ?? '–' },
    {
      id: 'what',
      header: 'What is found',
      hideBelow: 820,
      cell: (row) => <span title={findingText(row).what}>{findingText(row).what}</span>,
    },
    {
      id: 'since',
      header: 'Since',
      width: 150,
      align: 'end',
      hideBelow: 640,
      cell: (row) =>
        row.since === null ? (
          <span className="muted">–</span>
        ) : (
          <time title={exactInstant(row.since)}>{dateTime(row.since)}</time>
        ),
    },
  ];
}

export function SubjectLink({ finding, most }: { finding: Finding; most: number }) {
  const subject = subjectOf(finding);
  if (subject === undefined) return <span className="muted">no longer there</span>;
  return (
    <AppLink href={subject.href} title={`${plainWords(subject.type)} ${subject.key}`}>
      <span className="muted">{plainWords(subject.type)}</span>{' '}
      <span className="mono">{cutMiddle(subject.key, most)}</span>
    </AppLink>
  );
}
