import { Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AttributeNamesQuery } from '../../gql/graphql.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import {
  MapAgainChoices,
  selectionOf,
  withDays,
  type MapAgainScope,
} from '../../shared/remapping/map-again-choices.js';
import { MapAgainDialog } from '../../shared/remapping/map-again-dialog.js';
import { Empty } from '../../shared/states/states.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { tell } from '../../shared/tell.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { pairsText, readPairs } from './attribute-pairs.js';
import { AttributeNamesDocument, SaveAttributeNamesDocument } from './rules-documents.js';
import type { AttributeName } from './sources-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './sources.module.css';

const PAGE = 200;
const selectNames = (data: AttributeNamesQuery) => data.attributeNames;
const rowId = (row: AttributeName) => `${row.serviceName}/${row.attribute}`;

/** What teams call the finance attributes, by service. */
export function NamesSection({ isAdding, onAdded }: { isAdding: boolean; onAdded: () => void }) {
  const pages = usePages(AttributeNamesDocument, { first: PAGE }, selectNames);
  const [service, setService] = useState<string>();
  const [isMappingAgain, setMappingAgain] = useState(false);
  const can = useCan();
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const edit = (id: string) => setService(pages.nodes.find((row) => rowId(row) === id)?.serviceName);
  const cursor = useListCursor({ ids, noun: 'attribute name', onOpen: edit });
  const columns = useMemo(() => nameColumns(setService), []);
  const close = () => {
    setService(undefined);
    if (isAdding) onAdded();
  };
  return (
    <div className={page['table']}>
      <PagedTable
        pages={pages}
        label="Attribute names"
        noun="attribute names"
        columns={columns}
        rowId={rowId}
        cursor={cursor}
        empty={
          <Empty title="Teams use the finance attributes as they are">
            Where a service has names of its own, say here what each of them is called in the finance conventions.
          </Empty>
        }
      />
      {(service !== undefined || isAdding) && (
        <NamesDialog
          key={service}
          service={service}
          names={pages.nodes}
          onClose={close}
          onSaved={() => {
            close();
            pages.reload();
            setMappingAgain(can('mapping.run'));
          }}
        />
      )}
      {isMappingAgain && <MapSpansAgain onClose={() => setMappingAgain(false)} />}
    </div>
  );
}

/** New names hold for what comes in; what is stored has to be read once more. */
function MapSpansAgain({ onClose }: { onClose: () => void }) {
  const [scope, setScope] = useState<MapAgainScope>(() => withDays({ onlyUnmapped: false, days: '7' }, '7'));
  return (
    <MapAgainDialog
      selection={{ kinds: ['SPAN', 'LOG'], ...selectionOf(scope) }}
      what="The names are saved. Spans and log records that are stored are read once more by them here; all services are looked at, for spans are not kept by service."
      choices={<MapAgainChoices scope={scope} canBeUnmapped={false} onScope={setScope} />}
      onClose={onClose}
      onOver={() => undefined}
    />
  );
}

function nameColumns(onEdit: (service: string) => void): DataColumn<AttributeName>[] {
  return [
    {
      id: 'service',
      header: 'Service',
      width: 240,
      cell: (row) => row.serviceName || <span className="muted">every service</span>,
    },
    { id: 'attribute', header: 'Calls it', cell: (row) => <span className="mono">{row.attribute}</span> },
    { id: 'finance', header: 'It is', cell: (row) => <span className="mono">{row.financeAttribute}</span> },
    {
      id: 'acts',
      header: 'To do',
      width: 140,
      cell: (row) => (
        <PermittedButton
          needs="catalog.write"
          what="Changing attribute names"
          size="compact-xs"
          variant="default"
          onClick={() => onEdit(row.serviceName)}
        >
          Edit the service
        </PermittedButton>
      ),
    },
  ];
}

type NamesDialogProps = {
  /** undefined: a service that has none yet */
  service: string | undefined;
  names: readonly AttributeName[];
  onClose: () => void;
  onSaved: () => void;
};

function NamesDialog({ service, names, onClose, onSaved }: NamesDialogProps) {
  const save = useAct(SaveAttributeNamesDocument);
  const [serviceName, setServiceName] = useState(service ?? '');
  const [text, setText] = useState(() => pairsText(names.filter((row) => row.serviceName === service)));
  const read = readPairs(text);
  const isTaken = service === undefined && names.some((row) => row.serviceName === serviceName.trim());
  const submit = async () => {
    if (!('pairs' in read)) return;
    if (!(await save.run({ serviceName: serviceName.trim(), names: read.pairs }))) return;
    tell('The names hold for what comes in from now on');
    onSaved();
  };
  return (
    <FormDialog
      title="Attribute names"
      submit="Save"
      size={620}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={'pairs' in read && !isTaken && (service !== undefined || read.pairs.length > 0)}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <TextInput
        label="Service"
        description="service.name of its spans and log records; empty = every service"
        disabled={service !== undefined}
        data-autofocus={service === undefined ? true : undefined}
        error={isTaken ? 'It has names already: edit them in the list' : undefined}
        value={serviceName}
        onChange={(event) => setServiceName(event.currentTarget.value)}
      />
      <Textarea
        label="Names"
        description="One a line: attribute = finance attribute. What is left out here is no longer translated."
        placeholder="order.no = finance.object.key.value"
        rows={8}
        spellCheck={false}
        classNames={{ input: styles['mono'] ?? '' }}
        data-autofocus={service === undefined ? undefined : true}
        error={'error' in read ? read.error : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
