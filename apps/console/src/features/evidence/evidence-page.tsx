import { Select, TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { graphql } from '../../gql/index.js';
import type { AuditFilter, AuditLogQuery } from '../../gql/graphql.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { evidenceHref, type EvidenceSearch } from '../../shared/url.js';
import { evidenceColumns, type AuditRow } from './evidence-columns.js';
import { EvidenceDetail } from './evidence-detail.js';
import { ExportCheck } from './export-check.js';
import { ACTIONS, SUBJECT_TYPES } from './evidence-words.js';
import styles from './evidence-page.module.css';

const AuditLogDocument = graphql(`
  query AuditLog($first: Int!, $after: String, $filter: AuditFilter) {
    auditLog(first: $first, after: $after, filter: $filter) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          at
          actorName
          actorKind
          action
          subjectType
          subjectId
          details
          traceId
          sequence
          isSealed
        }
      }
    }
  }
`);

const PAGE = 100;
const selectAuditLog = (data: AuditLogQuery) => data.auditLog;
const rowId = (row: AuditRow) => row.id;

function filterOf(search: EvidenceSearch): AuditFilter {
  const filter: AuditFilter = {};
  if (search.action !== undefined) filter.action = search.action;
  if (search.type !== undefined) filter.subjectType = search.type;
  if (search.subject !== undefined) filter.subjectId = search.subject;
  return filter;
}

/** Who did what, when; the record that nobody can change. */
export function EvidencePage({ search }: { search: EvidenceSearch }) {
  const { go } = useNavigation();
  const pages = usePages(AuditLogDocument, { first: PAGE, filter: filterOf(search) }, selectAuditLog, {
    keepPrevious: true,
  });
  const rows = pages.nodes;
  const change = useCallback((next: EvidenceSearch) => go(evidenceHref(next), { replace: true }), [go]);
  const open = useCallback((id: string) => change({ ...search, open: id }), [change, search]);
  const close = useCallback(() => change({ ...search, open: undefined }), [change, search]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'record',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
  });
  const columns = useMemo(() => evidenceColumns(), []);
  const unsealed = rows.filter((row) => !row.isSealed).length;
  const opened = rows.find((row) => row.id === search.open);
  const isFiltered = [search.action, search.type, search.subject].some((value) => value !== undefined);

  const list = (
    <PagedTable
      pages={pages}
      label="Evidence"
      noun="records"
      columns={columns}
      rowId={rowId}
      cursor={cursor}
      openId={search.open}
      onOpen={open}
      empty={
        <Empty title={isFiltered ? 'No record matches' : 'Nothing was done yet'}>
          {isFiltered ? 'Choose other filters above.' : 'Every sign-in, assignment, note and send is recorded here.'}
        </Empty>
      }
    />
  );
  return (
    <div className={styles['page']}>
      <PageHeader
        name="Evidence"
        asOf={pages.asOf}
        actions={<ExportCheck />}
        answer={pages.data ? answer(pages.totalCount, unsealed) : 'Evidence'}
      />
      <Filters key={search.subject} search={search} onSearch={change} />
      <SplitDetail
        list={list}
        detailLabel="The record that is open"
        detail={opened && <EvidenceDetail record={opened} onClose={close} />}
      />
    </div>
  );
}

function answer(total: number, unsealed: number): string {
  if (total === 0) return 'Nothing is recorded.';
  const seal = unsealed === 0 ? 'all shown are sealed' : `${count(unsealed, 'is', 'are')} not sealed yet`;
  return `${count(total, 'act', 'acts')} on record; ${seal}.`;
}

function Filters({ search, onSearch }: { search: EvidenceSearch; onSearch: (search: EvidenceSearch) => void }) {
  const [subject, setSubject] = useState(search.subject ?? '');
  const offered = (values: readonly { value: string; label: string }[], chosen: string | undefined) =>
    chosen === undefined || values.some(({ value }) => value === chosen)
      ? [...values]
      : [...values, { value: chosen, label: chosen }];
  return (
    <form
      role="search"
      className={styles['filters']}
      onSubmit={(event) => {
        event.preventDefault();
        onSearch({ ...search, subject: subject.trim() === '' ? undefined : subject.trim() });
      }}
    >
      <Select
        aria-label="Act"
        placeholder="Every act"
        searchable
        clearable
        data={offered(ACTIONS, search.action)}
        value={search.action ?? null}
        onChange={(value) => onSearch({ ...search, action: value ?? undefined })}
      />
      <Select
        aria-label="Subject"
        placeholder="Every subject"
        searchable
        clearable
        data={offered(SUBJECT_TYPES, search.type)}
        value={search.type ?? null}
        onChange={(value) => onSearch({ ...search, type: value ?? undefined })}
      />
      <TextInput
        aria-label="Id of the subject"
        placeholder="Id of the subject"
        w={300}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
        onBlur={(event) => event.currentTarget.form?.requestSubmit()}
      />
    </form>
  );
}
