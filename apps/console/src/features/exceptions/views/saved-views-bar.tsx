import { Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback, useMemo, useState } from 'react';
import { useAct, type ActProblem } from '../../../shared/graphql/use-act.js';
import { useKeys, type KeyBinding } from '../../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../../shared/navigation.js';
import { StatusShape } from '../../../shared/status/status.js';
import { tell } from '../../../shared/tell.js';
import type { ExceptionsSearch } from '../../../shared/url.js';
import { useViewer } from '../../../shared/viewer/viewer.js';
import { filterOf, orderOf } from '../exception-filter.js';
import { ExportExceptions } from './export-exceptions.js';
import { EditViewDialog, SaveViewDialog } from './save-view-dialog.js';
import { useSavedViews } from './use-saved-views.js';
import { isShown, viewHref } from './view-address.js';
import { DeleteViewDocument, RestoreViewDocument, type SavedView } from './view-documents.js';
import { countsSentence, moneyWords, openWords } from './view-words.js';
import { ViewsDialog } from './views-dialog.js';
import styles from './saved-views.module.css';

/** Views that have a key: g and one digit. */
const MOST_KEYS = 9;
const UNDO_MS = 10_000;

type Dialog = { kind: 'all' } | { kind: 'save' } | { kind: 'edit'; view: SavedView };

type BarProps = {
  search: ExceptionsSearch;
  list: { changes: number; totalCount: number; isEstimate: boolean };
};

/** The pinned views with what is open in each, and the ways to save and arrange them. */
export function SavedViewsBar({ search, list }: BarProps) {
  const { go } = useNavigation();
  const viewer = useViewer();
  const [dialog, setDialog] = useState<Dialog>();
  const onProblem = useCallback(({ message }: ActProblem) => {
    notifications.show({ message, color: 'critical', autoClose: UNDO_MS });
  }, []);
  const { views, pinned, hasFailed, reload, arrange } = useSavedViews(search, list.changes, onProblem);
  const remove = useAct(DeleteViewDocument, onProblem);
  const restore = useAct(RestoreViewDocument, onProblem);

  const keys = useMemo<KeyBinding[]>(() => {
    const group = 'Views';
    return [
      // one that cannot be read keeps its number and leads nowhere
      ...pinned.slice(0, MOST_KEYS).flatMap((view, place) => {
        if (view.problem !== null) return [];
        return [{ keys: `g ${place + 1}`, label: view.name, group, run: () => go(viewHref(view)) }];
      }),
      { keys: 'v', label: 'All views', group, run: () => setDialog({ kind: 'all' }) },
      { keys: 'Shift-v', label: 'Save what the list shows', group, run: () => setDialog({ kind: 'save' }) },
    ];
  }, [pinned, go]);
  useKeys(keys, dialog === undefined);

  const done = (said: string) => {
    setDialog(undefined);
    tell(said);
    reload();
  };
  const bringBack = async (view: SavedView) => {
    if (await restore.run({ id: view.id })) done(`“${view.name}” is back`);
  };
  const takeAway = async (view: SavedView) => {
    if (!(await remove.run({ id: view.id, version: view.version }))) return;
    reload();
    const id = `deleted ${view.id}`;
    const undo = () => {
      notifications.hide(id);
      void bringBack(view);
    };
    notifications.show({
      id,
      color: 'accent',
      autoClose: UNDO_MS,
      message: (
        <span className={styles['undo']}>
          “{view.name}” was deleted
          <Button size="compact-xs" variant="default" onClick={undo}>
            Undo
          </Button>
        </span>
      ),
    });
  };

  const shown = views.find((view) => isShown(view, search));
  const chosen = shown
    ? { view: shown.id }
    : { filter: JSON.stringify(filterOf(search, viewer.id)), orderBy: orderOf(search) };
  return (
    <nav className={styles['bar']} aria-label="Saved views">
      {hasFailed && (
        <span className="muted">
          The saved views could not be loaded.{' '}
          <button type="button" className={styles['again']} onClick={reload}>
            Try again
          </button>
        </span>
      )}
      {pinned.map((view, place) => (
        <Chip key={view.id} view={view} place={place} isChosen={isShown(view, search)} />
      ))}
      <span className={styles['ways']}>
        <Tooltip label="All views (v)">
          <Button variant="subtle" size="compact-xs" onClick={() => setDialog({ kind: 'all' })}>
            All views
          </Button>
        </Tooltip>
        <Tooltip label="Save what the list shows (Shift-v)">
          <Button variant="subtle" size="compact-xs" onClick={() => setDialog({ kind: 'save' })}>
            Save view
          </Button>
        </Tooltip>
      </span>
      <ExportExceptions chosen={chosen} total={list.totalCount} isEstimate={list.isEstimate} />
      {dialog?.kind === 'all' && (
        <ViewsDialog
          views={views}
          onClose={() => setDialog(undefined)}
          onArrange={(ids, defaultId) => void arrange(ids, defaultId)}
          onEdit={(view) => setDialog({ kind: 'edit', view })}
          onDelete={(view) => void takeAway(view)}
        />
      )}
      {dialog?.kind === 'save' && (
        <SaveViewDialog
          search={search}
          changeable={views.filter(({ isChangeable }) => isChangeable)}
          onClose={() => setDialog(undefined)}
          onDone={done}
        />
      )}
      {dialog?.kind === 'edit' && (
        <EditViewDialog view={dialog.view} onClose={() => setDialog({ kind: 'all' })} onDone={done} />
      )}
    </nav>
  );
}

function Chip({ view, place, isChosen }: { view: SavedView; place: number; isChosen: boolean }) {
  const key = place < MOST_KEYS ? `g ${place + 1}` : undefined;
  if (view.problem !== null) {
    return (
      <Tooltip label={`Its filter cannot be read any more: ${view.problem}`} multiline maw={420}>
        <span className={styles['chip']}>
          <StatusShape tone="warning" size={12} /> {view.name}
        </span>
      </Tooltip>
    );
  }
  const told = view.counts ? countsSentence(view.counts) : '';
  return (
    <Tooltip label={[told, key].filter(Boolean).join(' · ')}>
      <AppLink href={viewHref(view)} replace className={styles['chip']} aria-current={isChosen ? 'true' : undefined}>
        {view.name}{' '}
        {view.counts && (
          <span className={styles['count']}>
            {openWords(view.counts)} <span className={styles['money']}>{moneyWords(view.counts)}</span>
          </span>
        )}
      </AppLink>
    </Tooltip>
  );
}
