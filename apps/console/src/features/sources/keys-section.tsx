import { useCallback, useMemo, useState } from 'react';
import type { IngestKeysQuery } from '../../gql/graphql.js';
import { age, dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { signalsHref, sourcesHref, type SourcesSearch } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { CreateKeyDialog, KeyShownDialog, RevokeKeyDialog, RotateKeyDialog } from './key-dialogs.js';
import { KeyDetail } from './key-detail.js';
import { usageBars, usageSentence, usageTotals } from './prepare-usage.js';
import { keyState } from './source-words.js';
import { IngestKeysDocument, type IngestKey } from './sources-documents.js';
import { UsageSpark } from './usage-spark.js';

const PAGE = 100;
const selectKeys = (data: IngestKeysQuery) => data.ingestKeys;
const rowId = (row: IngestKey) => row.id;

type Asked = { act: 'rotate' | 'revoke'; key: IngestKey };
type KeysSectionProps = { search: SourcesSearch; isAdding: boolean; onAdded: () => void };

/** The keys that senders show, with what was sent with each. */
export function KeysSection({ search, isAdding, onAdded }: KeysSectionProps) {
  const { go } = useNavigation();
  const now = useNow();
  const pages = usePages(IngestKeysDocument, { first: PAGE }, selectKeys);
  const [asked, setAsked] = useState<Asked>();
  const [shown, setShown] = useState<{ name: string; text: string }>();
  const open = useCallback((id: string) => go(sourcesHref({ show: 'keys', open: id }), { replace: true }), [go]);
  const close = useCallback(() => go(sourcesHref({ show: 'keys' }), { replace: true }), [go]);
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({
    ids,
    noun: 'key',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
  });
  const columns = useMemo(() => keyColumns(now), [now]);
  const opened = pages.nodes.find((row) => row.id === search.open);
  const closeDialog = () => {
    setAsked(undefined);
    if (isAdding) onAdded();
  };
  const issued = (name: string, text: string) => {
    closeDialog();
    setShown({ name, text });
    pages.reload();
  };
  return (
    <>
      <SplitDetail
        detailLabel="The key that is open"
        list={
          <PagedTable
            pages={pages}
            label="Ingest keys"
            noun="ingest keys"
            columns={columns}
            rowId={rowId}
            cursor={cursor}
            openId={search.open}
            onOpen={open}
            empty={
              <Empty title="No key was issued">
                A sender shows an ingest key with every request. Issue one for each team and source system.
              </Empty>
            }
          />
        }
        detail={
          opened && (
            <KeyDetail
              key={opened.id}
              ingestKey={opened}
              replaced={pages.nodes.find((row) => row.id === opened.replacesKeyId)}
              onClose={close}
              onRotate={() => setAsked({ act: 'rotate', key: opened })}
              onRevoke={() => setAsked({ act: 'revoke', key: opened })}
            />
          )
        }
      />
      {isAdding && <CreateKeyDialog onClose={closeDialog} onIssued={issued} />}
      {asked?.act === 'rotate' && <RotateKeyDialog ingestKey={asked.key} onClose={closeDialog} onIssued={issued} />}
      {asked?.act === 'revoke' && (
        <RevokeKeyDialog
          ingestKey={asked.key}
          onClose={closeDialog}
          onRevoked={() => {
            closeDialog();
            pages.reload();
          }}
        />
      )}
      {shown && <KeyShownDialog {...shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

function keyColumns(now: Date): DataColumn<IngestKey>[] {
  return [
    {
      id: 'state',
      header: 'State',
      width: 124,
      cell: (row) => {
        const { tone, word } = keyState(row, now);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    { id: 'name', header: 'Key', cell: (row) => row.name },
    {
      id: 'system',
      header: 'Source system',
      width: 170,
      hideBelow: 760,
      cell: (row) => row.sourceSystem ?? <span className="muted">any</span>,
    },
    {
      id: 'used',
      header: 'Last used',
      width: 110,
      align: 'end',
      cell: (row) =>
        row.lastUsedAt ? (
          <time title={exactInstant(row.lastUsedAt)}>{age(row.lastUsedAt, now)} ago</time>
        ) : (
          <span className="muted">never</span>
        ),
    },
    {
      id: 'items',
      header: 'Items, 7 days',
      width: 108,
      align: 'end',
      cell: (row) => countNumber(usageTotals(row.usage).items),
    },
    {
      id: 'usage',
      header: 'Usage, 7 days',
      width: 144,
      hideBelow: 860,
      cell: (row) => <UsageSpark bars={usageBars(row.usage, now)} label={usageSentence(row.usage)} />,
    },
    {
      id: 'refused',
      header: 'Refused',
      width: 78,
      align: 'end',
      hideBelow: 940,
      cell: (row) => {
        const { refused } = usageTotals(row.usage);
        return refused === 0 ? 0 : <AppLink href={signalsHref({ show: 'refused' })}>{countNumber(refused)}</AppLink>;
      },
    },
    {
      id: 'limit',
      header: 'Limit',
      width: 96,
      align: 'end',
      hideBelow: 1040,
      cell: (row) =>
        row.itemsPerSecond === null ? <span className="muted">none</span> : `${countNumber(row.itemsPerSecond)}/s`,
    },
    {
      id: 'expires',
      header: 'Expires',
      width: 146,
      hideBelow: 1160,
      cell: (row) => (row.expiresAt ? dateTime(row.expiresAt) : <span className="muted">never</span>),
    },
  ];
}
