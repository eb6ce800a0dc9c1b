import { Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RedactionRulesQuery } from '../../gql/graphql.js';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty } from '../../shared/states/states.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { tell } from '../../shared/tell.js';
import { useSourceSystemNames } from '../../shared/viewer/source-systems.js';
import { DeleteRedactionRuleDocument, RedactionRulesDocument, SaveRedactionRuleDocument } from './rules-documents.js';
import { SIGNAL_KIND_CHOICES } from './source-words.js';
import type { RedactionRule } from './sources-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './sources.module.css';

const PAGE = 100;
const selectRules = (data: RedactionRulesQuery) => data.redactionRules;
const rowId = (row: RedactionRule) => row.id;

const ACTIONS = [
  { value: 'drop', label: 'Dropped' },
  { value: 'mask', label: 'Masked' },
  { value: 'hash', label: 'Hashed: the same value stays comparable' },
];
const ACTION_WORDS: Readonly<Record<string, string>> = { drop: 'Dropped', mask: 'Masked', hash: 'Hashed' };

/** What is taken out before anything is stored. */
export function RedactionSection({ isAdding, onAdded }: { isAdding: boolean; onAdded: () => void }) {
  const pages = usePages(RedactionRulesDocument, { first: PAGE }, selectRules);
  const [deleted, setDeleted] = useState<RedactionRule>();
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({ ids, noun: 'rule', onOpen: () => undefined });
  const columns = useMemo(() => ruleColumns(setDeleted), []);
  return (
    <div className={page['table']}>
      <PagedTable
        pages={pages}
        label="Redaction rules"
        noun="redaction rules"
        columns={columns}
        rowId={rowId}
        cursor={cursor}
        empty={
          <Empty title="Nothing is taken out">
            Account numbers are masked for people without the right to see them; a rule takes a field out before it is
            stored at all.
          </Empty>
        }
      />
      {isAdding && (
        <AddRuleDialog
          onClose={onAdded}
          onSaved={() => {
            onAdded();
            pages.reload();
          }}
        />
      )}
      {deleted && (
        <DeleteRuleDialog
          rule={deleted}
          onClose={() => setDeleted(undefined)}
          onDeleted={() => {
            setDeleted(undefined);
            pages.reload();
          }}
        />
      )}
    </div>
  );
}

function ruleColumns(onDelete: (rule: RedactionRule) => void): DataColumn<RedactionRule>[] {
  return [
    { id: 'path', header: 'Field', width: 190, cell: (row) => <span className="mono">{row.path}</span> },
    { id: 'action', header: 'Is', width: 100, cell: (row) => ACTION_WORDS[row.action] ?? row.action },
    {
      id: 'system',
      header: 'Of source system',
      width: 140,
      cell: (row) => row.sourceSystem || <span className="muted">every one</span>,
    },
    {
      id: 'kind',
      header: 'That came as',
      width: 120,
      hideBelow: 780,
      cell: (row) =>
        SIGNAL_KIND_CHOICES.find(({ value }) => value === row.signalKind)?.label ?? (
          <span className="muted">anything</span>
        ),
    },
    { id: 'note', header: 'Why', hideBelow: 900, cell: (row) => <span title={row.note}>{row.note}</span> },
    { id: 'since', header: 'Since', width: 146, hideBelow: 880, cell: (row) => dateTime(row.createdAt) },
    {
      id: 'acts',
      header: 'To do',
      width: 90,
      cell: (row) => (
        <PermittedButton
          needs="catalog.write"
          what="Deleting redaction rules"
          size="compact-xs"
          variant="default"
          onClick={() => onDelete(row)}
        >
          Delete
        </PermittedButton>
      ),
    },
  ];
}

function AddRuleDialog({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const systems = useSourceSystemNames();
  const save = useAct(SaveRedactionRuleDocument);
  const [path, setPath] = useState('');
  const [action, setAction] = useState('mask');
  const [system, setSystem] = useState<string | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const submit = async () => {
    const variables = {
      path: path.trim(),
      action,
      sourceSystem: system ?? '',
      signalKind: kind ?? '',
      note: note.trim(),
    };
    if (!(await save.run(variables))) return;
    tell('The rule holds for what comes in from now on');
    onSaved();
  };
  return (
    <FormDialog
      title="New redaction rule"
      submit="Add"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={path.trim() !== ''}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <p>It holds for what comes in from now on. What is stored already stays as it is.</p>
      <TextInput
        data-autofocus
        label="Field"
        description="JSON pointer, * for any member or element; or the name of an attribute"
        placeholder="/customer/*/taxNumber"
        classNames={{ input: styles['mono'] ?? '' }}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Select
        label="Is"
        allowDeselect={false}
        data={ACTIONS}
        value={action}
        onChange={(value) => setAction(value ?? 'mask')}
      />
      <div className={styles['pair']}>
        <Select
          label="Of source system"
          placeholder="Every one"
          clearable
          searchable
          data={systems.map(({ name, title }) => ({ value: name, label: title }))}
          value={system}
          onChange={setSystem}
        />
        <Select
          label="That came as"
          placeholder="Anything"
          clearable
          data={SIGNAL_KIND_CHOICES}
          value={kind}
          onChange={setKind}
        />
      </div>
      <TextInput label="Why" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  );
}

function DeleteRuleDialog(props: { rule: RedactionRule; onClose: () => void; onDeleted: () => void }) {
  const remove = useAct(DeleteRedactionRuleDocument);
  const submit = async () => {
    if (!(await remove.run({ id: props.rule.id }))) return;
    tell('The rule is deleted');
    props.onDeleted();
  };
  return (
    <FormDialog
      title="Delete the rule"
      submit="Delete"
      isDangerous
      onClose={props.onClose}
      onSubmit={() => void submit()}
      isRunning={remove.isRunning}
      problem={remove.problem}
    >
      <p>
        From now on <span className="mono">{props.rule.path}</span> is stored as it comes. What was taken out before
        stays out.
      </p>
    </FormDialog>
  );
}
