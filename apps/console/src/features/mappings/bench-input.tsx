import { SegmentedControl, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { age } from '../../shared/format/time.js';
import { cutMiddle } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { CommandLine } from '../../shared/page/command-line.js';
import { Panel } from '../../shared/page/panel.js';
import { RawView } from '../../shared/signals/raw-view.js';
import { sendWebhookCommand } from '../../shared/signals/send-command.js';
import { SignalDocument, type SignalRow } from '../../shared/signals/signal-documents.js';
import { isPlaceInAttributes, signalState } from '../../shared/signals/signal-words.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { StatusShape } from '../../shared/status/status.js';
import { signalHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { BenchSignalsDocument } from './mapping-documents.js';
import styles from './bench.module.css';

export type PastedInput = { payload: string; contentType: string; sourceSystem: string; type: string };

type BenchInputProps = {
  mapping: string;
  /** of the source systems that it reads; undefined where it reads events alone */
  sourceKind: string | undefined;
  /** it cannot be tried on what is pasted */
  isStoredOnly?: boolean;
  signalId: string | undefined;
  onSignal: (id: string) => void;
  isPasted: boolean;
  onPasted: (isPasted: boolean) => void;
  pasted: PastedInput;
  onPaste: (pasted: PastedInput) => void;
  used: ReadonlySet<string> | undefined;
};

/** The left of the bench: a signal that is stored, or a payload that is pasted. */
export function BenchInput(props: BenchInputProps) {
  return (
    <div className={styles['side']}>
      <Panel
        title="Signal in"
        aside={
          !props.isStoredOnly && (
            <SegmentedControl
              aria-label="Where the signal comes from"
              size="xs"
              value={props.isPasted ? 'pasted' : 'stored'}
              onChange={(choice) => props.onPasted(choice === 'pasted')}
              data={[
                { value: 'stored', label: 'Stored' },
                { value: 'pasted', label: 'Pasted' },
              ]}
            />
          )
        }
      >
        {props.isPasted ? <Pasted pasted={props.pasted} onPaste={props.onPaste} /> : <Chooser {...props} />}
      </Panel>
      {!props.isPasted && props.signalId && <StoredSignal id={props.signalId} used={props.used} />}
    </div>
  );
}

function Pasted({ pasted, onPaste }: { pasted: PastedInput; onPaste: (pasted: PastedInput) => void }) {
  const field = (name: keyof PastedInput, label: string, placeholder: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={pasted[name]}
      onChange={(event) => onPaste({ ...pasted, [name]: event.currentTarget.value })}
    />
  );
  return (
    <div className={styles['fields']}>
      <Textarea
        label="Payload"
        placeholder="{ … } or <…>"
        rows={14}
        spellCheck={false}
        classNames={{ input: styles['payload'] ?? '' }}
        value={pasted.payload}
        onChange={(event) => onPaste({ ...pasted, payload: event.currentTarget.value })}
      />
      {field('contentType', 'Content type', 'application/json')}
      {field('sourceSystem', 'Source system', 'stripe-eu')}
      {field('type', 'Type', 'as the mapping reads it')}
    </div>
  );
}

function Chooser({ mapping, sourceKind, isStoredOnly, signalId, onSignal }: BenchInputProps) {
  const { data, error, isLoading, reload } = useLoad(BenchSignalsDocument, {
    unmapped: { mapping, states: ['UNMAPPED'] },
    any: { mapping, states: ['MAPPED', 'IGNORED'] },
  });
  const unmapped = data?.unmapped.edges.map(({ node }) => node) ?? [];
  const others = data?.any.edges.map(({ node }) => node) ?? [];
  return (
    <div className={styles['fields']}>
      <SignalIdField key={signalId} id={signalId} onSignal={onSignal} />
      {isLoading && <Loading label="signals of this mapping" rows={4} />}
      {error && !data && <Failed what="signals of this mapping" error={error} onRetry={reload} />}
      {data && unmapped.length + others.length === 0 && (
        <Empty
          title="No signal of this mapping is stored"
          action={
            sourceKind !== undefined && (
              <CommandLine
                name="Send one as its webhook"
                text={sendWebhookCommand(window.location.hostname, sourceKind)}
              />
            )
          }
        >
          {isStoredOnly
            ? 'What it reads shows here once it is received; spans are shown with their run.'
            : 'Paste a payload above, give the id of any signal, or send one.'}
        </Empty>
      )}
      <SignalChoices name="Newest that cannot be read" rows={unmapped} chosen={signalId} onSignal={onSignal} />
      <SignalChoices name="Newest of the others" rows={others} chosen={signalId} onSignal={onSignal} />
    </div>
  );
}

function SignalIdField({ id, onSignal }: { id: string | undefined; onSignal: (id: string) => void }) {
  const [text, setText] = useState(id ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') onSignal(text.trim());
      }}
    >
      <TextInput
        aria-label="Id of a stored signal"
        placeholder="Id of a stored signal, then Enter"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}

type SignalChoicesProps = {
  name: string;
  rows: readonly SignalRow[];
  chosen: string | undefined;
  onSignal: (id: string) => void;
};

function SignalChoices({ name, rows, chosen, onSignal }: SignalChoicesProps) {
  const now = useNow();
  if (rows.length === 0) return null;
  return (
    <div role="group" aria-label={name}>
      <p className={styles['groupName']}>{name}</p>
      {rows.map((row) => (
        <button
          key={row.id}
          type="button"
          className={styles['choice']}
          aria-pressed={row.id === chosen}
          title={row.unmapped?.reason ?? row.type}
          onClick={() => onSignal(row.id)}
        >
          <StatusShape tone={signalState(row.state).tone} />
          <span className="visually-hidden">{signalState(row.state).word}</span>
          <span className={styles['choiceName']}>{row.type}</span>
          <span className="muted">{age(row.receivedAt, now)} ago</span>
        </button>
      ))}
    </div>
  );
}

function StoredSignal({ id, used }: { id: string; used: ReadonlySet<string> | undefined }) {
  const { data, error, isLoading, reload } = useLoad(SignalDocument, { id });
  const signal = data?.signal;
  if (isLoading) return <Loading label="signal" rows={6} />;
  if (error && !signal) return <Failed what="signal" error={error} onRetry={reload} />;
  if (!signal) return <Empty title="There is no such signal">Choose another one above.</Empty>;
  return (
    <>
      <p className={styles['which']}>
        <AppLink href={signalHref(signal.id)}>{cutMiddle(signal.externalId, 28)}</AppLink>{' '}
        <span className="muted">{signal.type}</span>
      </p>
      <RawView
        raw={signal.raw}
        contentType={signal.contentType}
        unmapped={isPlaceInAttributes(signal) ? null : signal.unmapped}
        {...(used && { used })}
      />
    </>
  );
}
