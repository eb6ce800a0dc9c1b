import { TextInput } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import type { MappingsQuery } from '../../gql/graphql.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { Icon } from '../../shared/icons/icon.js';
import { useNavigation } from '../../shared/navigation.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { mappingHref } from '../../shared/url.js';
import { mappingColumns, waitingVersions } from './mapping-columns.js';
import { MappingsDocument, type MappingRow } from './mapping-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const selectMappings = (data: MappingsQuery) => data.mappings;
const rowId = (row: MappingRow) => row.name;

/** Every mapping pack: what it reads, which version is in force, what it could not read. */
export function MappingsPage() {
  const { go } = useNavigation();
  const pages = usePages(MappingsDocument, { first: PAGE }, selectMappings);
  const [isNaming, setNaming] = useState(false);
  const open = useCallback((name: string) => go(mappingHref(name)), [go]);
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({ ids, noun: 'mapping', onOpen: open });
  const columns = useMemo(() => mappingColumns(), []);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Mappings"
        asOf={pages.asOf}
        answer={pages.data ? mappingsAnswer(pages.nodes, pages.totalCount) : 'Mappings'}
        actions={
          <PermittedButton
            needs="catalog.write"
            what="Changing mappings"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setNaming(true)}
          >
            New mapping
          </PermittedButton>
        }
      />
      <div className={page['table']}>
        <PagedTable
          pages={pages}
          label="Mappings"
          noun="mappings"
          columns={columns}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          empty={
            <Empty title="No mapping is installed">
              The mappings that are shipped appear here when the collector and the API are of the same version.
            </Empty>
          }
        />
      </div>
      {isNaming && (
        <NameDialog
          taken={ids}
          onClose={() => setNaming(false)}
          onName={(name) => go(mappingHref(name, { isNew: true }))}
        />
      )}
    </div>
  );
}

/** "2 of 24 mappings left 41 signals unread; 1 version waits to be approved." */
export function mappingsAnswer(mappings: readonly MappingRow[], total: number): string {
  if (total === 0) return 'No mapping is installed.';
  const failing = mappings.filter((mapping) => mapping.signalsUnmapped > 0);
  const unread = failing.reduce((sum, mapping) => sum + mapping.signalsUnmapped, 0);
  const waiting = mappings.reduce((sum, mapping) => sum + waitingVersions(mapping), 0);
  const reading =
    failing.length === 0
      ? `All ${count(total, 'mapping')} read what came to them`
      : `${failing.length} of ${count(total, 'mapping')} left ${count(unread, 'signal')} unread`;
  return waiting === 0
    ? `${reading}.`
    : `${reading}; ${count(waiting, 'version waits', 'versions wait')} to be approved.`;
}

type NameDialogProps = { taken: readonly string[]; onClose: () => void; onName: (name: string) => void };

function NameDialog({ taken, onClose, onName }: NameDialogProps) {
  const [name, setName] = useState('');
  const error = problemOf(name, taken);
  return (
    <FormDialog
      title="New mapping"
      submit="Open in the bench"
      onClose={onClose}
      onSubmit={() => onName(name)}
      canSubmit={name !== '' && error === undefined}
    >
      <TextInput
        data-autofocus
        label="Name"
        description="Lower case, joined by “-”; it cannot be changed later"
        placeholder="treasury-portal"
        value={name}
        error={error}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

function problemOf(name: string, taken: readonly string[]): string | undefined {
  if (name === '') return undefined;
  if (taken.includes(name)) return 'There is a mapping of this name';
  return SLUG.test(name) ? undefined : 'Lower-case letters, digits and “-” only';
}
