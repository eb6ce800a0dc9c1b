import { Modal, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CsvLayoutsQuery } from '../../gql/graphql.js';
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
import { CsvLayoutsDocument, SaveCsvLayoutDocument, type CsvLayoutRow } from './layouts-documents.js';
import { newLayout } from './new-layout.js';
import page from '../../shared/page/list-page.module.css';
import styles from './sources.module.css';

const PAGE = 100;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const selectLayouts = (data: CsvLayoutsQuery) => data.csvLayouts;
const rowId = (row: CsvLayoutRow) => row.name;

/** How CSV files are read: the shipped layouts and those that are declared here. */
export function LayoutsSection({ isAdding, onAdded }: { isAdding: boolean; onAdded: () => void }) {
  const pages = usePages(CsvLayoutsDocument, { first: PAGE }, selectLayouts);
  const [shown, setShown] = useState<CsvLayoutRow>();
  const [edited, setEdited] = useState<CsvLayoutRow>();
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const open = (id: string) => setShown(pages.nodes.find((row) => rowId(row) === id));
  const cursor = useListCursor({ ids, noun: 'layout', onOpen: open });
  const columns = useMemo(() => layoutColumns(setEdited), []);
  const close = () => {
    setEdited(undefined);
    if (isAdding) onAdded();
  };
  return (
    <div className={page['table']}>
      <PagedTable
        pages={pages}
        label="CSV layouts"
        noun="layouts"
        columns={columns}
        rowId={rowId}
        cursor={cursor}
        onOpen={open}
        empty={
          <Empty title="No layout is declared">
            A layout says what the columns of a CSV file are, and what its rows mean.
          </Empty>
        }
      />
      {shown && <ShownLayout layout={shown} onClose={() => setShown(undefined)} />}
      {(edited !== undefined || isAdding) && (
        <LayoutDialog
          key={edited?.name}
          layout={edited}
          taken={ids}
          onClose={close}
          onSaved={() => {
            close();
            pages.reload();
          }}
        />
      )}
    </div>
  );
}

function layoutColumns(onEdit: (layout: CsvLayoutRow) => void): DataColumn<CsvLayoutRow>[] {
  return [
    { id: 'title', header: 'Layout', cell: (row) => <strong title={row.title}>{row.title}</strong> },
    { id: 'name', header: 'Name', width: 180, cell: (row) => <span className="mono">{row.name}</span> },
    {
      id: 'columns',
      header: 'Columns',
      hideBelow: 900,
      cell: (row) => <span title={row.columns.join(', ')}>{row.columns.join(', ')}</span>,
    },
    {
      id: 'version',
      header: 'In force',
      width: 170,
      cell: (row) => (
        <>
          version {row.version} <span className="muted">{row.versions.length > 0 ? 'your own' : 'as shipped'}</span>
        </>
      ),
    },
    {
      id: 'acts',
      header: 'To do',
      width: 110,
      cell: (row) => (
        <PermittedButton
          needs="catalog.write"
          what="Changing CSV layouts"
          size="compact-xs"
          variant="default"
          onClick={() => onEdit(row)}
        >
          Change
        </PermittedButton>
      ),
    },
  ];
}

function ShownLayout({ layout, onClose }: { layout: CsvLayoutRow; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`${layout.title}, version ${layout.version}`} size={680}>
      <p className="muted">
        A file is read by it at <code className="mono">/v1/files/csv?layout={layout.name}</code>.
      </p>
      <pre className={styles['mono']}>{layout.definition}</pre>
      {layout.versions.length > 0 && (
        <ol aria-label="Versions made here">
          {layout.versions.map(({ version, note, createdByName, createdAt }) => (
            <li key={version} value={version}>
              {note} <span className="muted">{`${createdByName}, ${dateTime(createdAt)}`}</span>
            </li>
          ))}
        </ol>
      )}
    </Modal>
  );
}

type LayoutDialogProps = {
  /** undefined: a new one */
  layout: CsvLayoutRow | undefined;
  taken: readonly string[];
  onClose: () => void;
  onSaved: () => void;
};

function LayoutDialog({ layout, taken, onClose, onSaved }: LayoutDialogProps) {
  const save = useAct(SaveCsvLayoutDocument);
  const [name, setName] = useState(layout?.name ?? '');
  const [written, setWritten] = useState<string>();
  const [note, setNote] = useState('');
  const definition = written ?? layout?.definition ?? newLayout(name);
  const problem = layout === undefined ? problemOf(name, taken) : undefined;
  const submit = async () => {
    const done = await save.run({ name, basedOn: layout?.version ?? 0, definition, note: note.trim() });
    if (!done) return;
    tell(`Version ${done.layout.version} of ${done.layout.name} takes files within 30 seconds`);
    onSaved();
  };
  return (
    <FormDialog
      title={layout === undefined ? 'New CSV layout' : `Change ${layout.name}`}
      submit="Save"
      size={680}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={name !== '' && problem === undefined && note.trim() !== '' && definition !== layout?.definition}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      {layout === undefined && (
        <TextInput
          data-autofocus
          label="Name"
          description="Lower case, joined by “-”; senders name it as ?layout="
          placeholder="stock-list"
          value={name}
          error={problem}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <Textarea
        label="Layout in YAML"
        rows={16}
        spellCheck={false}
        classNames={{ input: styles['mono'] ?? '' }}
        value={definition}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      <TextInput
        label="Note"
        description="Why; kept with the version"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function problemOf(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return undefined;
  if (taken.includes(name)) return 'There is a layout of this name';
  return SLUG.test(name) ? undefined : 'Lower-case letters, digits and “-” only';
}
