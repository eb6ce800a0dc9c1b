import { percent } from '../../shared/format/percent.js';
import { age, exactInstant } from '../../shared/format/time.js';
import { countNumber, cutMiddle, plainWords, titleWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { objectHref, signalHref, technicalHref } from '../../shared/url.js';
import { claimsWords } from './claim-words.js';
import type { Orphan } from './orphans-documents.js';
import type { TrustRow } from './prepare-trust.js';
import styles from './orphans-page.module.css';

export function trustColumns(): DataColumn<TrustRow>[] {
  const number = (value: number) => (value === 0 ? <span className="muted">0</span> : countNumber(value));
  return [
    {
      id: 'integration',
      header: 'Integration',
      cell: (row) => <span title={row.integration}>{row.title}</span>,
    },
    {
      id: 'share',
      header: 'In a transaction',
      width: 164,
      cell: (row) => <Share row={row} />,
    },
    {
      id: 'outside',
      header: 'In none',
      width: 84,
      align: 'end',
      cell: (row) => number(row.outsideTransactions),
    },
    {
      id: 'without',
      header: 'No document',
      width: 104,
      align: 'end',
      cell: (row) => number(row.withoutObject),
    },
    {
      id: 'master',
      header: 'Master data',
      width: 100,
      align: 'end',
      hideBelow: 900,
      cell: (row) => number(row.masterDataOnly),
    },
    {
      id: 'looked',
      header: 'Reports',
      width: 110,
      align: 'end',
      hideBelow: 640,
      cell: (row) =>
        row.isCapped ? (
          <span title={`The latest ${countNumber(row.lookedAt)}; there are older ones that were not looked at`}>
            <span className="muted">latest</span> {countNumber(row.lookedAt)}
          </span>
        ) : (
          countNumber(row.lookedAt)
        ),
    },
  ];
}

function Share({ row }: { row: TrustRow }) {
  if (row.placeable === 0) return <span className="muted">master data alone</span>;
  const share = row.inTransactions / row.placeable;
  return (
    <span className={styles['share']}>
      <span className={styles['bar']} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {percent(row.inTransactions, row.placeable)}
    </span>
  );
}

/** Where an orphan is looked at: a document on its page, a report by what it came in as. */
export function orphanHref({ kind, object, signalKind, signalId }: Orphan): string | undefined {
  if (kind === 'OBJECT') return object === null ? undefined : objectHref(object.id);
  if (signalKind !== 'span') return signalHref(signalId);
  return object === null ? undefined : (technicalHref(object) ?? objectHref(object.id));
}

export function orphanColumns(kind: Orphan['kind'], now: Date): DataColumn<Orphan>[] {
  return [
    kind === 'OBJECT'
      ? { id: 'document', header: 'Document', width: 180, cell: (row) => <Named row={row} /> }
      : {
          id: 'report',
          header: 'Report',
          width: 180,
          cell: (row) => <span title={row.message ?? undefined}>{titleWords(row.activityType)}</span>,
        },
    {
      id: 'claim',
      header: 'What would claim it',
      cell: (row) => <span title={claimsWords(row)}>{claimsWords(row)}</span>,
    },
    kind === 'OBJECT'
      ? { id: 'last', header: 'Last report', width: 150, hideBelow: 640, cell: (row) => plainWords(row.activityType) }
      : { id: 'named', header: 'Came as', width: 150, hideBelow: 640, cell: (row) => <Named row={row} /> },
    {
      id: 'when',
      header: 'When',
      width: 132,
      align: 'end',
      cell: (row) => <time title={exactInstant(row.occurredAt)}>{age(row.occurredAt, now)} ago</time>,
    },
  ];
}

function Named({ row }: { row: Orphan }) {
  const href = orphanHref(row);
  if (row.object === null) return <span className="muted">{plainWords(row.signalKind)}</span>;
  const { type, key } = row.object;
  const words = (
    <>
      <span className="muted">{plainWords(type)}</span> <span className="mono">{cutMiddle(key, 16)}</span>
    </>
  );
  return href === undefined ? (
    <span title={key}>{words}</span>
  ) : (
    <AppLink href={href} title={key}>
      {words}
    </AppLink>
  );
}
