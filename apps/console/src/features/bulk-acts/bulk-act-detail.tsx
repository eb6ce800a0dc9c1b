import { useMemo } from 'react';
import type { BulkActItemsQuery, BulkOutcome } from '../../gql/graphql.js';
import { BulkActItemsDocument, type BulkActFull, type BulkItem } from '../../shared/bulk/bulk-documents.js';
import { BulkProgress } from '../../shared/bulk/bulk-progress.js';
import { bulkOutcome, isOver, selectionSentence, shortHash } from '../../shared/bulk/bulk-words.js';
import { useBulkAct } from '../../shared/bulk/use-bulk-act.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { CopyButton } from '../../shared/page/copy-button.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionHref } from '../../shared/url.js';
import { bulkActsHref } from '../../shared/url-bulk.js';
import { useEvery } from '../../shared/use-every.js';
import { bulkItemColumns } from './bulk-act-columns.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
/** The list of outcomes keeps up with what is done. */
const RELOAD_EVERY_MS = 2_000;

const selectItems = (data: BulkActItemsQuery) => data.bulkActItems;
const itemId = ({ exceptionId }: BulkItem) => exceptionId;

type DetailProps = { id: string; outcome: string | undefined; onClose: () => void; onChanged: () => void };

/** One bulk act: how far it is, with what it was done, and what became of each. */
export function BulkActDetail({ id, outcome, onClose, onChanged }: DetailProps) {
  const { bulkAct, isLoading, error, reload } = useBulkAct(id);
  if (isLoading) return <Loading label="bulk act" rows={6} />;
  if (error && !bulkAct) return <Failed what="bulk act" error={error} onRetry={reload} />;
  if (!bulkAct) {
    return (
      <div className={page['detail']}>
        <DetailHead topline={null} title="This bulk act does not exist" onClose={onClose} />
        <Empty title="It may belong to another tenant">Bulk acts are kept for ever; the list shows all of them.</Empty>
      </div>
    );
  }
  const steered = () => {
    reload();
    onChanged();
  };
  return <WholeBulkAct bulkAct={bulkAct} outcome={outcome} onClose={onClose} onSteered={steered} />;
}

type WholeProps = {
  bulkAct: BulkActFull;
  outcome: string | undefined;
  onClose: () => void;
  onSteered: () => void;
};

function WholeBulkAct({ bulkAct, outcome, onClose, onSteered }: WholeProps) {
  return (
    <article className={page['detail']} aria-label={bulkAct.words}>
      <DetailHead topline={<span className="muted">Bulk act</span>} title={bulkAct.words} onClose={onClose} />
      <BulkProgress bulkAct={bulkAct} onSteered={onSteered} />
      <Panel title="The selection">
        <p>{selectionSentence(bulkAct.count, bulkAct.amounts)}</p>
        <Facts
          facts={[
            { name: 'Filter', value: bulkAct.selectionWords },
            { name: 'Frozen', value: dateTime(bulkAct.submittedAt), title: exactInstant(bulkAct.submittedAt) },
            { name: 'By', value: bulkAct.submittedByName },
            { name: 'Reason', value: bulkAct.reason === '' ? '–' : bulkAct.reason },
            {
              name: 'SHA-256 of the ids',
              value: (
                <>
                  <span className="mono">{shortHash(bulkAct.hash)}…</span>{' '}
                  <CopyButton text={bulkAct.hash} label="Copy the hash" />
                </>
              ),
              title: bulkAct.hash,
            },
          ]}
        />
      </Panel>
      <Items
        // read again when the last one is done
        key={String(isOver(bulkAct.state))}
        bulkAct={bulkAct}
        outcome={bulkAct.outcomes.find((one) => one.outcome === outcome)?.outcome}
      />
    </article>
  );
}

function Items({ bulkAct, outcome }: { bulkAct: BulkActFull; outcome: BulkOutcome | undefined }) {
  const { go } = useNavigation();
  const { id, count, outcomes } = bulkAct;
  const pages = usePages(BulkActItemsDocument, { id, outcome: outcome ?? null, first: PAGE }, selectItems, {
    keepPrevious: true,
  });
  useEvery(RELOAD_EVERY_MS, pages.reload, !isOver(bulkAct.state));
  const columns = useMemo(() => bulkItemColumns(), []);
  const ids = useMemo(() => pages.nodes.map(itemId), [pages.nodes]);
  const open = (exceptionId: string) => go(exceptionHref(exceptionId));
  const cursor = useListCursor({ ids, noun: 'exception', onOpen: open, isActive: false });
  const choice = (one: BulkOutcome | undefined, name: string) => ({
    id: one ?? 'all',
    name,
    isChosen: one === outcome,
    href: bulkActsHref({ open: id, outcome: one }),
  });
  return (
    <Panel title="What became of each" isFlush>
      <FilterBar
        groups={[
          {
            name: 'Outcome',
            choices: [
              choice(undefined, `All ${countNumber(count)}`),
              ...outcomes.map((one) =>
                choice(one.outcome, `${bulkOutcome(one.outcome).word} ${countNumber(one.count)}`),
              ),
            ],
          },
        ]}
        clearHref={undefined}
      />
      <PagedTable
        pages={pages}
        label="What became of each exception"
        noun="exceptions"
        columns={columns}
        rowId={itemId}
        cursor={cursor}
        onOpen={open}
        empty={<Empty title="None has this outcome" />}
      />
    </Panel>
  );
}
