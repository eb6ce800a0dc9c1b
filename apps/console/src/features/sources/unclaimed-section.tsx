import { Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { UnclaimedQuery } from '../../gql/graphql.js';
import { age, exactInstant } from '../../shared/format/time.js';
import { countNumber, titleWords } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty } from '../../shared/states/states.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { tell } from '../../shared/tell.js';
import { useNow } from '../../shared/use-now.js';
import { AdoptDocument, DismissDocument, UnclaimedDocument, type Unclaimed } from './sources-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './sources.module.css';

const PAGE = 100;
const selectUnclaimed = (data: UnclaimedQuery) => data.unclaimedIntegrations;
const rowId = (row: Unclaimed) => `${row.kind}/${row.name}`;

type Asked = { act: 'adopt' | 'dismiss'; unclaimed: Unclaimed };

/** What sends without being configured: to adopt as an integration, or to leave out of this list. */
export function UnclaimedSection() {
  const now = useNow();
  const pages = usePages(UnclaimedDocument, { first: PAGE }, selectUnclaimed);
  const [asked, setAsked] = useState<Asked>();
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const ask = (act: Asked['act'], id: string) => {
    const unclaimed = pages.nodes.find((row) => rowId(row) === id);
    if (unclaimed) setAsked({ act, unclaimed });
  };
  const cursor = useListCursor({ ids, noun: 'unclaimed integration', onOpen: (id) => ask('adopt', id) });
  const columns = useMemo(() => unclaimedColumns(now, (act, unclaimed) => setAsked({ act, unclaimed })), [now]);
  const done = () => {
    setAsked(undefined);
    pages.reload();
  };
  return (
    <div className={page['table']}>
      <PagedTable
        pages={pages}
        label="Unclaimed integrations"
        noun="unclaimed integrations"
        columns={columns}
        rowId={rowId}
        cursor={cursor}
        empty={
          <Empty title="Everything that sends is known">
            A service or event source that is in no catalog entry appears here as soon as it sends.
          </Empty>
        }
      />
      {asked?.act === 'adopt' && (
        <AdoptDialog unclaimed={asked.unclaimed} onClose={() => setAsked(undefined)} onDone={done} />
      )}
      {asked?.act === 'dismiss' && (
        <DismissDialog unclaimed={asked.unclaimed} onClose={() => setAsked(undefined)} onDone={done} />
      )}
    </div>
  );
}

function unclaimedColumns(now: Date, onAsk: (act: Asked['act'], row: Unclaimed) => void): DataColumn<Unclaimed>[] {
  return [
    { id: 'kind', header: 'Seen as', width: 110, cell: (row) => titleWords(row.kind) },
    { id: 'name', header: 'Name', cell: (row) => <span className="mono">{row.name}</span> },
    { id: 'signals', header: 'Signals', width: 100, align: 'end', cell: (row) => countNumber(row.signals) },
    {
      id: 'first',
      header: 'First seen',
      width: 120,
      align: 'end',
      hideBelow: 760,
      cell: (row) => <time title={exactInstant(row.firstSeenAt)}>{age(row.firstSeenAt, now)} ago</time>,
    },
    {
      id: 'last',
      header: 'Last seen',
      width: 120,
      align: 'end',
      cell: (row) => <time title={exactInstant(row.lastSeenAt)}>{age(row.lastSeenAt, now)} ago</time>,
    },
    {
      id: 'acts',
      header: 'To do',
      width: 170,
      cell: (row) => (
        <span className={styles['rowActs']}>
          <PermittedButton
            needs="catalog.write"
            what="Adopting integrations"
            size="compact-xs"
            variant="default"
            onClick={() => onAsk('adopt', row)}
          >
            Adopt
          </PermittedButton>
          <PermittedButton
            needs="catalog.write"
            what="Dismissing integrations"
            size="compact-xs"
            variant="subtle"
            onClick={() => onAsk('dismiss', row)}
          >
            Dismiss
          </PermittedButton>
        </span>
      ),
    },
  ];
}

type AskProps = { unclaimed: Unclaimed; onClose: () => void; onDone: () => void };

function AdoptDialog({ unclaimed, onClose, onDone }: AskProps) {
  const adopt = useAct(AdoptDocument);
  const [fields, setFields] = useState({
    title: titleWords(unclaimed.name),
    fromSystem: '',
    toSystem: '',
    owner: '',
    criticality: 'medium',
  });
  const field = (name: keyof typeof fields, label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={fields[name]}
      onChange={(event) => setFields({ ...fields, [name]: event.currentTarget.value })}
    />
  );
  const submit = async () => {
    const input = { kind: unclaimed.kind, name: unclaimed.name, ...fields };
    if (!(await adopt.run({ input }))) return;
    tell(`${fields.title} is adopted`);
    onDone();
  };
  return (
    <FormDialog
      title="Adopt as an integration"
      submit="Adopt"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={Object.values(fields).every((text) => text.trim() !== '')}
      isRunning={adopt.isRunning}
      problem={adopt.problem}
    >
      <p>
        <span className="mono">{unclaimed.name}</span> has sent {countNumber(unclaimed.signals)} signals. As an
        integration it has a health, an owner who is told, and its failures are counted.
      </p>
      {field('title', 'Title', 'Orders to the ERP')}
      <div className={styles['pair']}>
        {field('fromSystem', 'From system', 'salesforce')}
        {field('toSystem', 'To system', 'sap-s4hana')}
      </div>
      <div className={styles['pair']}>
        {field('owner', 'Owner', 'Order integration team')}
        <Select
          label="Criticality"
          allowDeselect={false}
          data={['high', 'medium', 'low'].map((value) => ({ value, label: titleWords(value) }))}
          value={fields.criticality}
          onChange={(value) => setFields({ ...fields, criticality: value ?? 'medium' })}
        />
      </div>
    </FormDialog>
  );
}

function DismissDialog({ unclaimed, onClose, onDone }: AskProps) {
  const dismiss = useAct(DismissDocument);
  const submit = async () => {
    if (!(await dismiss.run({ kind: unclaimed.kind, name: unclaimed.name }))) return;
    tell(`${unclaimed.name} is dismissed`);
    onDone();
  };
  return (
    <FormDialog
      title="Dismiss"
      submit="Dismiss"
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={dismiss.isRunning}
      problem={dismiss.problem}
    >
      <p>
        <span className="mono">{unclaimed.name}</span> leaves this list. What it sends is still taken and mapped; it
        only has no owner and no health of its own.
      </p>
    </FormDialog>
  );
}
