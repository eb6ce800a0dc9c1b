import { useCallback, useMemo } from 'react';
import type { RefusedInputsQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { CopyButton } from '../../shared/page/copy-button.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { signalsHref, type SignalsSearch } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { refusedColumns } from './signal-columns.js';
import { RefusedInputsDocument, type RefusedInput } from './signals-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './signals.module.css';

const PAGE = 100;
const selectRefused = (data: RefusedInputsQuery) => data.refusedInputs;
const rowId = (row: RefusedInput) => row.id;

/** What was answered with an error: counted, and a sample of each kept. */
export function RefusedList({ search }: { search: SignalsSearch }) {
  const { go } = useNavigation();
  const pages = usePages(RefusedInputsDocument, { first: PAGE }, selectRefused);
  const open = useCallback((id: string) => go(signalsHref({ show: 'refused', open: id }), { replace: true }), [go]);
  const close = useCallback(() => go(signalsHref({ show: 'refused' }), { replace: true }), [go]);
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({
    ids,
    noun: 'refused input',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
  });
  const columns = useMemo(() => refusedColumns(), []);
  const opened = pages.nodes.find((row) => row.id === search.open);
  return (
    <SplitDetail
      detailLabel="The refused input that is open"
      list={
        <>
          {pages.nodes.length > 0 && (
            <p className={styles['hint']}>
              The newest samples, at most 200; the figure above counts all. Each sender was told why and has to send
              again.
            </p>
          )}
          <PagedTable
            pages={pages}
            label="Refused inputs"
            noun="refused inputs"
            columns={columns}
            rowId={rowId}
            cursor={cursor}
            openId={search.open}
            onOpen={open}
            empty={
              <Empty title="Nothing was refused">
                What cannot be taken at all (wrong signature, broken encoding, unknown format or source, too large) is
                answered with an error and listed here with a sample. A wrong key is answered too, but not listed:
                nobody knows whose it is.
              </Empty>
            }
          />
        </>
      }
      detail={opened && <RefusedDetail refused={opened} onClose={close} />}
    />
  );
}

function RefusedDetail({ refused, onClose }: { refused: RefusedInput; onClose: () => void }) {
  const can = useCan();
  const none = can('payload.read')
    ? 'No sample was kept of it: only the first of each reason is.'
    : 'Payloads are not part of your role; an administrator can give it to you.';
  return (
    <article className={page['detail']} aria-label="Refused input">
      <DetailHead topline={<Status tone="warning">Refused</Status>} title={refused.reason} onClose={onClose} />
      <Facts
        facts={[
          { name: 'When', value: dateTime(refused.at, undefined, true), title: exactInstant(refused.at) },
          { name: 'Protocol', value: refused.protocol },
          { name: 'Kept', value: 'a sample only', title: 'The sender was told; it has to send again' },
        ]}
      />
      <Panel
        title="Sample"
        isFlush
        aside={refused.sample !== null && <CopyButton text={refused.sample} label="Copy the sample" />}
      >
        {refused.sample === null ? (
          <Empty title="No sample">{none}</Empty>
        ) : (
          <pre className={styles['sample']}>{refused.sample}</pre>
        )}
      </Panel>
    </article>
  );
}
