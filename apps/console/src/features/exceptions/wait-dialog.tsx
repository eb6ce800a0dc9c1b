import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { WaitPredicate, WaitPredicateKind } from '../../gql/graphql.js';
import { fromLocalInput, toLocalInput } from '../../shared/format/local-input.js';
import { OWN_ZONE, zoneName } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { useLegalEntities } from '../../shared/viewer/legal-entities.js';
import { useSourceSystemNames } from '../../shared/viewer/source-systems.js';
import { ChangeStateDocument, ExceptionReasonsDocument } from './life-documents.js';
import { DOCUMENT_TYPES, OBJECT_TYPES } from './object-choices.js';
import { reasonsUnread, seen, type StateDialogProps } from './state-dialog.js';

const KINDS: readonly { value: WaitPredicateKind | 'TIME'; label: string }[] = [
  { value: 'TIME', label: 'a time' },
  { value: 'POSTING_PERIOD_OPEN', label: 'a posting period to open' },
  { value: 'CUSTOMER_MAPPED', label: 'a customer to be known to a system' },
  { value: 'OBJECT_KNOWN', label: 'an object to be known' },
  { value: 'PREDECESSOR_POSTED', label: 'a predecessor to be posted' },
];

const DAY_MS = 86_400_000;

/** Waiting: why, for what, and until when at the latest. */
export function WaitDialog({ rows, subject, onClose, onDone }: StateDialogProps) {
  const act = useAct(ChangeStateDocument);
  const loaded = useLoad(ExceptionReasonsDocument, {}, { policy: 'cache-first' });
  const reasons = loaded.data?.exceptionReasons.wait ?? [];
  const entities = useLegalEntities();
  const systems = useSourceSystemNames();
  const [first] = rows;
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [kind, setKind] = useState<WaitPredicateKind | 'TIME'>('TIME');
  const [end, setEnd] = useState(() => toLocalInput(new Date(Date.now() + DAY_MS).toISOString()));
  const [parts, setParts] = useState({
    legalEntity: first?.legalEntity ?? '',
    period: new Date().toISOString().slice(0, 7),
    key: '',
    system: '',
    objectType: '',
  });
  const set = (name: keyof typeof parts) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setParts((before) => ({ ...before, [name]: value }));
  };
  const chosen = reasons.find(({ code }) => code === reason);
  const endsAt = fromLocalInput(end);
  const predicate = kind === 'TIME' ? null : predicateOf(kind, parts);
  const canSubmit = chosen !== undefined && endsAt !== undefined && predicate !== undefined;
  const submit = async () => {
    if (!canSubmit) return;
    const wait = predicate === null ? { reason, until: endsAt } : { reason, predicate, expiresAt: endsAt };
    const done = await act.run({ input: { exceptions: seen(rows), act: 'WAIT', comment: note.trim(), wait } });
    if (done) onDone(`${subject} waits`);
  };
  return (
    <FormDialog
      title={`${subject}: wait`}
      submit="Wait"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={canSubmit}
      isRunning={act.isRunning}
      problem={act.problem ?? reasonsUnread(loaded.error)}
    >
      <NativeSelect
        data-autofocus
        label="Why"
        description={chosen && (chosen.pausesClock ? 'Stops the clock' : 'The clock runs on')}
        data={[
          { value: '', label: 'Choose a reason' },
          ...reasons.map(({ code, title }) => ({ value: code, label: title })),
        ]}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NativeSelect
        label="Wait for"
        data={[...KINDS]}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as WaitPredicateKind | 'TIME')}
      />
      {kind === 'POSTING_PERIOD_OPEN' && (
        <>
          <NativeSelect
            label="Legal entity"
            data={['', ...entities.map(({ code }) => code)]}
            value={parts.legalEntity}
            onChange={set('legalEntity')}
          />
          <TextInput label="Period" placeholder="2026-10" value={parts.period} onChange={set('period')} />
        </>
      )}
      {(kind === 'OBJECT_KNOWN' || kind === 'PREDECESSOR_POSTED') && (
        <NativeSelect
          label="Kind of object"
          data={[{ value: '', label: 'Choose one' }, ...(kind === 'OBJECT_KNOWN' ? OBJECT_TYPES : DOCUMENT_TYPES)]}
          value={parts.objectType}
          onChange={set('objectType')}
        />
      )}
      {kind !== 'TIME' && kind !== 'POSTING_PERIOD_OPEN' && (
        <TextInput label="Number" description="As any system knows it" value={parts.key} onChange={set('key')} />
      )}
      {kind === 'CUSTOMER_MAPPED' && (
        <NativeSelect
          label="Known to"
          data={[
            { value: '', label: 'Choose a system' },
            ...systems.map(({ name, title }) => ({ value: name, label: title })),
          ]}
          value={parts.system}
          onChange={set('system')}
        />
      )}
      <TextInput
        type="datetime-local"
        label={`${kind === 'TIME' ? 'Until' : 'Until, at the latest'} (${zoneName(new Date(), OWN_ZONE)})`}
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
      />
      <Textarea label="Note" rows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  );
}

type Parts = Record<'legalEntity' | 'period' | 'key' | 'system' | 'objectType', string>;

const NEEDED: Readonly<Record<WaitPredicateKind, readonly (keyof Parts)[]>> = {
  POSTING_PERIOD_OPEN: ['legalEntity', 'period'],
  CUSTOMER_MAPPED: ['key', 'system'],
  OBJECT_KNOWN: ['objectType', 'key'],
  PREDECESSOR_POSTED: ['objectType', 'key'],
};

/** The predicate, with what it needs and nothing else; undefined while it is not whole. */
function predicateOf(kind: WaitPredicateKind, parts: Parts): WaitPredicate | undefined {
  const needed = NEEDED[kind].map((name) => [name, parts[name].trim()] as const);
  return needed.some(([, value]) => value === '') ? undefined : { kind, ...Object.fromEntries(needed) };
}
