import { Button, Modal } from '@mantine/core';
import { AppLink } from '../../../shared/navigation.js';
import { StatusShape } from '../../../shared/status/status.js';
import { Icon } from '../../../shared/icons/icon.js';
import { viewHref } from './view-address.js';
import type { SavedView } from './view-documents.js';
import { countsSentence, movedPin, viewGroups } from './view-words.js';
import styles from './saved-views.module.css';

type ViewsDialogProps = {
  views: readonly SavedView[];
  onClose: () => void;
  onArrange: (pinned: readonly string[], defaultId: string | null) => void;
  onEdit: (view: SavedView) => void;
  onDelete: (view: SavedView) => void;
};

/** All views: where they lead, what is in them, and how they are arranged. */
export function ViewsDialog(props: ViewsDialogProps) {
  return (
    <Modal opened onClose={props.onClose} title="Views of the inbox" size={760}>
      {viewGroups(props.views).map(({ name, views }) => (
        <section key={name} aria-label={name}>
          <h2 className={styles['group']}>{name}</h2>
          <ul>
            {views.map((view) => (
              <ViewLine key={view.id} view={view} {...props} />
            ))}
          </ul>
        </section>
      ))}
      <p className="muted">Pinned views stand above the list, reached with g and their number.</p>
    </Modal>
  );
}

function ViewLine({ view, views, onClose, onArrange, onEdit, onDelete }: ViewsDialogProps & { view: SavedView }) {
  const pinned = views.filter(({ isPinned }) => isPinned).map(({ id }) => id);
  const defaultId = views.find(({ isDefault }) => isDefault)?.id ?? null;
  const place = pinned.indexOf(view.id);
  const quiet = { variant: 'subtle', color: 'gray', size: 'compact-xs' } as const;
  return (
    <li className={styles['line']}>
      <span className={styles['what']}>
        {view.problem === null ? (
          <AppLink href={viewHref(view)} onClick={onClose} data-autofocus={place === 0 || undefined}>
            {view.name}
          </AppLink>
        ) : (
          <strong>{view.name}</strong>
        )}
        {view.kind === 'SHARED' && !view.isMine && <span className="muted"> by {view.ownerName}</span>}
        {view.isDefault && <span className="muted"> · opens first</span>}
        <br />
        <Inside view={view} />
      </span>
      <span className={styles['acts']}>
        {place > 0 && (
          <Button
            {...quiet}
            aria-label={`Move “${view.name}” to the left`}
            onClick={() => onArrange(movedPin(pinned, view.id, -1), defaultId)}
          >
            ←
          </Button>
        )}
        {place >= 0 && place < pinned.length - 1 && (
          <Button
            {...quiet}
            aria-label={`Move “${view.name}” to the right`}
            onClick={() => onArrange(movedPin(pinned, view.id, 1), defaultId)}
          >
            →
          </Button>
        )}
        <Button
          {...quiet}
          aria-pressed={view.isPinned}
          onClick={() =>
            onArrange(view.isPinned ? pinned.filter((id) => id !== view.id) : [...pinned, view.id], defaultId)
          }
        >
          {view.isPinned ? 'Unpin' : 'Pin'}
        </Button>
        <Button
          {...quiet}
          aria-pressed={view.isDefault}
          onClick={() => onArrange(pinned, view.isDefault ? null : view.id)}
        >
          {view.isDefault ? 'Not first' : 'Open first'}
        </Button>
        {view.isChangeable && (
          <>
            <Button {...quiet} onClick={() => onEdit(view)}>
              Rename, share
            </Button>
            <Button {...quiet} aria-label={`Delete “${view.name}”`} onClick={() => onDelete(view)}>
              <Icon name="close" size={12} />
            </Button>
          </>
        )}
      </span>
    </li>
  );
}

function Inside({ view }: { view: SavedView }) {
  if (view.problem !== null) {
    return (
      <span className={styles['broken']}>
        <StatusShape tone="warning" size={12} /> Its filter cannot be read any more: {view.problem}
      </span>
    );
  }
  return <span className="muted">{view.counts ? countsSentence(view.counts) : ''}</span>;
}
