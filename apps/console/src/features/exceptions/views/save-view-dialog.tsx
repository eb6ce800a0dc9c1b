import { Checkbox, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../../shared/graphql/use-act.js';
import { FormDialog } from '../../../shared/page/form-dialog.js';
import type { ExceptionsSearch } from '../../../shared/url.js';
import { useCan } from '../../../shared/viewer/viewer.js';
import { filterOf, orderOf } from '../exception-filter.js';
import { searchTextOf, WHOEVER_LOOKS } from './view-address.js';
import { ChangeViewDocument, SaveViewDocument, type SavedView } from './view-documents.js';

const NEW = '';

type SaveProps = {
  search: ExceptionsSearch;
  /** that can be changed to what the list shows */
  changeable: readonly SavedView[];
  onClose: () => void;
  onDone: (said: string) => void;
};

/** What the list shows and how, under a name: a new view, or another content of one that there is. */
export function SaveViewDialog({ search, changeable, onClose, onDone }: SaveProps) {
  const save = useAct(SaveViewDocument);
  const change = useAct(ChangeViewDocument);
  const [target, setTarget] = useState(NEW);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const view = changeable.find(({ id }) => id === target);
  const submit = async () => {
    const shown = {
      filter: filterOf(search, WHOEVER_LOOKS),
      orderBy: orderOf(search),
      search: searchTextOf(search),
    };
    if (view) {
      const done = await change.run({ id: view.id, version: view.version, change: shown });
      if (done) onDone(`“${view.name}” shows this now`);
    } else if (await save.run({ view: { name: name.trim(), isShared, ...shown } })) onDone(`Saved as “${name.trim()}”`);
  };
  return (
    <FormDialog
      title="Save what the list shows"
      submit={view ? 'Change the view' : 'Save'}
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={view !== undefined || name.trim() !== ''}
      isRunning={save.isRunning || change.isRunning}
      problem={view ? change.problem : save.problem}
    >
      {changeable.length > 0 && (
        <Radio.Group label="As" value={target} onChange={setTarget}>
          <Radio mt={6} value={NEW} label="a new view" />
          {changeable.map(({ id, name: known, kind }) => (
            <Radio key={id} mt={6} value={id} label={`“${known}”${kind === 'SHARED' ? ', which is shared' : ''}`} />
          ))}
        </Radio.Group>
      )}
      {!view && (
        <>
          <TextInput
            data-autofocus
            label="Name"
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ShareBox isShared={isShared} onChange={setShared} />
        </>
      )}
      <p className="muted">Filters, order and grouping are saved. “Mine” stays whoever looks at it.</p>
    </FormDialog>
  );
}

type EditProps = { view: SavedView; onClose: () => void; onDone: (said: string) => void };

/** Another name for a view, and whether everybody sees it. */
export function EditViewDialog({ view, onClose, onDone }: EditProps) {
  const act = useAct(ChangeViewDocument);
  const [name, setName] = useState(view.name);
  const [isShared, setShared] = useState(view.kind === 'SHARED');
  const submit = async () => {
    const change = { name: name.trim(), ...(view.isMine && { isShared }) };
    if (await act.run({ id: view.id, version: view.version, change })) onDone(`“${name.trim()}” was changed`);
  };
  return (
    <FormDialog
      title={`View “${view.name}”`}
      submit="Change"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={name.trim() !== ''}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <TextInput
        data-autofocus
        label="Name"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {view.isMine ? (
        <ShareBox isShared={isShared} onChange={setShared} />
      ) : (
        <p className="muted">It is {view.ownerName}’s and shared with everybody.</p>
      )}
    </FormDialog>
  );
}

function ShareBox({ isShared, onChange }: { isShared: boolean; onChange: (isShared: boolean) => void }) {
  const can = useCan();
  const may = can('exception.work') || can('exception.approve');
  return (
    <Checkbox
      label="Share it with everybody"
      description={may ? 'You and an administrator can change it' : 'For those who work on exceptions or approve'}
      disabled={!may}
      checked={isShared}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
