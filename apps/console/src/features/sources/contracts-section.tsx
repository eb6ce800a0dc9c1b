import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { EventContractsQuery } from '../../gql/graphql.js';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PayloadView } from '../../shared/payload/payload-view.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { tell } from '../../shared/tell.js';
import { EventContractsDocument, RegisterContractDocument } from './rules-documents.js';
import type { EventContract } from './sources-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './sources.module.css';

const PAGE = 100;
const selectContracts = (data: EventContractsQuery) => data.eventContracts;
const rowId = (row: EventContract) => `${row.eventType}/${row.version}`;

const COMPATIBILITY = [
  { value: 'backward', label: 'Backward: readers of the new one read old events' },
  { value: 'forward', label: 'Forward: readers of the old one read new events' },
  { value: 'full', label: 'Full: both' },
  { value: 'none', label: 'None: no check' },
];

/** JSON Schemas that events are held against, by type and version. */
export function ContractsSection({ isAdding, onAdded }: { isAdding: boolean; onAdded: () => void }) {
  const pages = usePages(EventContractsDocument, { first: PAGE }, selectContracts);
  const [shown, setShown] = useState<EventContract>();
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const open = (id: string) => setShown(pages.nodes.find((row) => rowId(row) === id));
  const cursor = useListCursor({ ids, noun: 'contract', onOpen: open });
  const columns = useMemo(() => contractColumns(setShown), []);
  return (
    <div className={page['table']}>
      <PagedTable
        pages={pages}
        label="Event contracts"
        noun="event contracts"
        columns={columns}
        rowId={rowId}
        cursor={cursor}
        onOpen={open}
        empty={
          <Empty title="No contract is registered">
            Events are taken as they come. A JSON Schema for an event type makes one that breaks it an exception.
          </Empty>
        }
      />
      {shown && (
        <Modal
          opened
          onClose={() => setShown(undefined)}
          title={`${shown.eventType}, version ${shown.version}`}
          size={680}
        >
          <PayloadView payload={shown.schema} label="Schema of the contract" />
        </Modal>
      )}
      {isAdding && (
        <RegisterDialog
          onClose={onAdded}
          onSaved={() => {
            onAdded();
            pages.reload();
          }}
        />
      )}
    </div>
  );
}

function contractColumns(onShow: (contract: EventContract) => void): DataColumn<EventContract>[] {
  return [
    { id: 'type', header: 'Event type', cell: (row) => <span className="mono">{row.eventType}</span> },
    { id: 'version', header: 'Version', width: 80, align: 'end', cell: (row) => row.version },
    {
      id: 'state',
      header: 'State',
      width: 130,
      cell: (row) =>
        row.retiredAt === null ? <Status tone="good">In force</Status> : <Status tone="unknown">Retired</Status>,
    },
    { id: 'compatibility', header: 'Compatible', width: 120, cell: (row) => row.compatibility },
    { id: 'since', header: 'Registered', width: 150, hideBelow: 800, cell: (row) => dateTime(row.createdAt) },
    {
      id: 'acts',
      header: 'Schema',
      width: 90,
      cell: (row) => (
        <Button size="compact-xs" variant="default" onClick={() => onShow(row)}>
          Show
        </Button>
      ),
    },
  ];
}

function parseSchema(text: string): { schema: unknown } | { error: string } | undefined {
  if (text.trim() === '') return undefined;
  try {
    return { schema: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: error instanceof Error ? error.message : 'This is no JSON' };
  }
}

function RegisterDialog({ onClose, onSaved }: { onClose: () => void; onSaved: () => void }) {
  const register = useAct(RegisterContractDocument);
  const [eventType, setEventType] = useState('');
  const [compatibility, setCompatibility] = useState('backward');
  const [text, setText] = useState('');
  const parsed = parseSchema(text);
  const submit = async () => {
    if (!parsed || !('schema' in parsed)) return;
    const done = await register.run({ eventType: eventType.trim(), schema: parsed.schema, compatibility });
    if (!done) return;
    tell(`Version ${done.contract.version} of ${done.contract.eventType} is registered`);
    onSaved();
  };
  return (
    <FormDialog
      title="Register a contract"
      submit="Register"
      size={640}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={eventType.trim() !== '' && parsed !== undefined && 'schema' in parsed}
      isRunning={register.isRunning}
      problem={register.problem}
    >
      <TextInput
        data-autofocus
        label="Event type"
        placeholder="com.example.invoice.posted"
        value={eventType}
        onChange={(event) => setEventType(event.currentTarget.value)}
      />
      <Select
        label="To the version before it must be compatible"
        allowDeselect={false}
        data={COMPATIBILITY}
        value={compatibility}
        onChange={(value) => setCompatibility(value ?? 'backward')}
      />
      <Textarea
        label="JSON Schema of its data"
        rows={12}
        spellCheck={false}
        classNames={{ input: styles['mono'] ?? '' }}
        value={text}
        error={parsed && 'error' in parsed ? parsed.error : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
