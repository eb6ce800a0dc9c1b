import { TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { useNavigation } from '../../shared/navigation.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { rulesHref, type RulesSearch } from '../../shared/url-rules.js';
import { RuleDetail } from './rule-detail.js';
import { ValidationRulesDocument, type RuleRow } from './rule-documents.js';
import { rulesAnswer, waitingVersions } from './rule-words.js';
import page from '../../shared/page/list-page.module.css';

const rowId = (row: RuleRow) => row.name;
const NONE: readonly RuleRow[] = [];
const SLUG = /^[a-z][a-z0-9-]{0,79}$/;

const COLUMNS: DataColumn<RuleRow>[] = [
  { id: 'title', header: 'Rule', cell: (row) => <span title={row.title}>{row.title}</span> },
  {
    id: 'about',
    header: 'About',
    width: 220,
    hideBelow: 900,
    cell: (row) => {
      const types = row.about.map((type) => type.replaceAll('-', ' ')).join(', ');
      return <span title={types}>{types}</span>;
    },
  },
  { id: 'state', header: 'State', width: 130, hideBelow: 560, cell: (row) => <RuleState row={row} /> },
  {
    id: 'version',
    header: 'Version',
    width: 130,
    hideBelow: 760,
    cell: (row) => (
      <>
        {row.activeVersion === 0 ? '–' : row.activeVersion}{' '}
        <span className="muted">{row.isShipped ? 'shipped' : 'your own'}</span>
      </>
    ),
  },
  {
    id: 'violations',
    header: 'Violated by',
    width: 100,
    align: 'end',
    cell: (row) => (row.violations === 0 ? <span className="muted">–</span> : countNumber(row.violations)),
  },
];

function RuleState({ row }: { row: RuleRow }) {
  if (waitingVersions(row) > 0) return <Status tone="waiting">To approve</Status>;
  if (row.activeVersion === 0) return <Status tone="unknown">Not in force</Status>;
  if (row.severity === 'off') return <Status tone="unknown">Off</Status>;
  return row.severity === 'warning' ? <Status tone="info">Counts only</Status> : <Status tone="good">In force</Status>;
}

/** Rules about documents: which there are and what violates them; one is open beside the list. */
export function RulesPage({ search }: { search: RulesSearch }) {
  const { go } = useNavigation();
  const { data, error, isLoading, asOf, reload } = useLoad(ValidationRulesDocument, {});
  const [isNaming, setNaming] = useState(false);
  const rules = data?.validationRules ?? NONE;
  const ids = useMemo(() => rules.map(rowId), [rules]);
  const isOpen = search.open !== undefined;
  const open = useCallback((name: string) => go(rulesHref({ open: name }), { replace: isOpen }), [go, isOpen]);
  const close = useCallback(() => go(rulesHref(), { replace: true }), [go]);
  const cursor = useListCursor({
    ids,
    noun: 'rule',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  return (
    <div className={page['page']}>
      <PageHeader
        name="Rules"
        asOf={asOf}
        answer={data ? rulesAnswer(rules) : 'What must hold of documents'}
        detail="A rule of which a fact is missing is never violated. What an integration told itself is not told twice."
        actions={
          <PermittedButton
            needs="catalog.write"
            what="Writing rules"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setNaming(true)}
          >
            New rule
          </PermittedButton>
        }
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            {isLoading && <Loading label="rules" rows={10} />}
            {error && !data && <Failed what="list of rules" error={error} onRetry={reload} />}
            {rules.length > 0 && (
              <DataTable
                label="Rules"
                columns={COLUMNS}
                rows={rules}
                rowId={rowId}
                totalCount={rules.length}
                cursorId={cursor.cursorId}
                onCursor={cursor.setCursor}
                openId={search.open}
                onOpen={(row) => open(row.name)}
              />
            )}
          </div>
        }
        detailLabel="Rule"
        detail={
          search.open === undefined ? undefined : (
            <RuleDetail key={search.open} name={search.open} onClose={close} onChanged={reload} />
          )
        }
      />
      {isNaming && (
        <NameDialog
          taken={ids}
          onClose={() => setNaming(false)}
          onName={(name) => {
            setNaming(false);
            open(name);
          }}
        />
      )}
    </div>
  );
}

type NameProps = { taken: readonly string[]; onClose: () => void; onName: (name: string) => void };

function NameDialog({ taken, onClose, onName }: NameProps) {
  const [name, setName] = useState('');
  const error =
    name === ''
      ? undefined
      : taken.includes(name)
        ? 'There is a rule of this name'
        : SLUG.test(name)
          ? undefined
          : 'Lower-case letters, digits and “-” only';
  return (
    <FormDialog
      title="New rule"
      submit="Write it"
      onClose={onClose}
      onSubmit={() => onName(name)}
      canSubmit={name !== '' && error === undefined}
    >
      <TextInput
        data-autofocus
        label="Name"
        description="It cannot be changed later"
        placeholder="credit-memo-without-invoice"
        value={name}
        error={error}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
