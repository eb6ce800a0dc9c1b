import { Button, Tooltip } from '@mantine/core';
import { useMemo, useState, type ReactNode } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, cutMiddle } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { PayloadView } from '../../shared/payload/payload-view.js';
import { MapAgainDialog } from '../../shared/remapping/map-again-dialog.js';
import { ActivityView, textsOf } from '../../shared/signals/activity-view.js';
import { RawView } from '../../shared/signals/raw-view.js';
import { SignalDocument, type SignalFull } from '../../shared/signals/signal-documents.js';
import {
  byteWords,
  isPlaceInAttributes,
  isPlaceInOutput,
  lagWords,
  mappingWords,
  signalKind,
  signalState,
  unmappedWords,
} from '../../shared/signals/signal-words.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import {
  exceptionsHref,
  filesHref,
  mappingHref,
  mappingsHref,
  signalHref,
  signalsHref,
  traceHref,
} from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import page from '../../shared/page/list-page.module.css';
import { SignalFlow } from './signal-flow.js';
import styles from './signals.module.css';

type SignalDetailProps = {
  id: string;
  /** beside the list: closes; undefined on the page of its own */
  onClose?: () => void;
  hasKeys?: boolean;
  /** what the list must load again */
  onChanged?: () => void;
};

/** One signal, whole: why it could not be read, what it was, what it became. */
export function SignalDetail({ id, onClose, hasKeys = true, onChanged }: SignalDetailProps) {
  const { data, error, isLoading, reload } = useLoad(SignalDocument, { id });
  const signal = data?.signal;
  if (isLoading) return <Loading label="signal" rows={10} />;
  if (error && !signal) return <Failed what="signal" error={error} onRetry={reload} />;
  if (!signal) {
    return (
      <Empty title="There is no such signal" action={<AppLink href={signalsHref()}>Go to the signals</AppLink>}>
        It may be older than signals are kept, or the address is incomplete.
      </Empty>
    );
  }
  const changed = () => {
    reload();
    onChanged?.();
  };
  return <Loaded key={id} signal={signal} onClose={onClose} hasKeys={hasKeys} onChanged={changed} />;
}

type LoadedProps = {
  signal: SignalFull;
  onClose: (() => void) | undefined;
  hasKeys: boolean;
  onChanged: () => void;
};

function Loaded({ signal, onClose, hasKeys, onChanged }: LoadedProps) {
  const { tone, word } = signalState(signal.state);
  const used = useMemo(() => textsOf(signal.activities), [signal.activities]);
  const isAttribute = isPlaceInAttributes(signal);
  return (
    <article className={page['detail']} aria-label={`Signal ${signal.externalId}`}>
      <DetailHead
        topline={
          <>
            {!onClose && (
              <>
                <AppLink href={signalsHref()}>Signals</AppLink>
                <span className="muted">/</span>
              </>
            )}
            <span className="mono" title={signal.externalId}>
              {cutMiddle(signal.externalId, 36)}
            </span>
            <Status tone={tone}>{word}</Status>
          </>
        }
        title={sentence(signal)}
        pageHref={onClose && signalHref(signal.id)}
        onClose={onClose}
      />
      <SignalActs signal={signal} hasKeys={hasKeys} onChanged={onChanged} />
      <SignalFacts signal={signal} />
      <SignalFlow signal={signal} />
      {signal.unmapped && (
        <WhyUnread
          isAttribute={isAttribute}
          unmapped={signal.unmapped}
          objectId={signal.activities[0]?.objects[0]?.objectId}
        />
      )}
      {signal.ignoredBecause !== null && (
        <Panel title="Why it was left out">
          <p>{signal.ignoredBecause}</p>
          {signal.mapping && <p className="muted">Said by {mappingWords(signal.mapping)}.</p>}
        </Panel>
      )}
      {/* what cannot be read became nothing but its exception, which the panel above leads to */}
      {signal.state !== 'UNMAPPED' && signal.activities.length > 0 && (
        <Panel title="What it became" isFlush aside={count(signal.activities.length, 'activity', 'activities')}>
          <ActivityView activities={signal.activities} />
        </Panel>
      )}
      <RawView
        raw={signal.raw}
        contentType={signal.contentType}
        unmapped={isAttribute ? null : signal.unmapped}
        used={used}
      />
      <Panel title="Attributes" isFlush aside="of the request, masked like payloads">
        {isEmptyRecord(signal.attributes) ? (
          <Empty title="It came without attributes" />
        ) : (
          <PayloadView
            payload={signal.attributes}
            failedField={isAttribute ? signal.unmapped?.place : undefined}
            label="Attributes of the signal"
          />
        )}
      </Panel>
    </article>
  );
}

function sentence(signal: SignalFull): string {
  const from = signal.sourceSystem ?? signal.source;
  if (signal.state === 'UNMAPPED') return `${signal.type} from ${from} cannot be read.`;
  if (signal.state === 'PENDING') return `${signal.type} from ${from} waits to be mapped.`;
  if (signal.state === 'IGNORED') return `${signal.type} from ${from} tells nothing of finance.`;
  return `${signal.type} from ${from} became ${count(signal.activities.length, 'activity', 'activities')}.`;
}

function isEmptyRecord(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

type WhyUnreadProps = {
  /** the place is a context attribute, not in the data */
  isAttribute: boolean;
  unmapped: NonNullable<SignalFull['unmapped']>;
  /** the signal as a business object; not there before it is projected */
  objectId: string | null | undefined;
};

function WhyUnread({ unmapped, objectId, isAttribute }: WhyUnreadProps) {
  const placeName = isPlaceInOutput(unmapped.code)
    ? 'Place in what the rule made'
    : isAttribute
      ? 'Context attribute of the event'
      : 'Place in what was received';
  return (
    <Panel title="Why it cannot be read" aside={unmapped.code}>
      <p className={styles['reason']}>{unmappedWords(unmapped.code)}.</p>
      <p>{unmapped.reason}</p>
      <div className={styles['place']}>
        {unmapped.place && (
          <span>
            <span className="muted">{placeName}</span> <code className="mono">{unmapped.place}</code>
          </span>
        )}
        {objectId && <AppLink href={exceptionsHref({ object: objectId, view: 'all' })}>Its exception</AppLink>}
        {unmapped.mapping && (
          <span>
            <span className="muted">Tried by</span>{' '}
            <AppLink href={mappingHref(unmapped.mapping.name)}>{mappingWords(unmapped.mapping)}</AppLink>
          </span>
        )}
      </div>
    </Panel>
  );
}

function SignalActs({ signal, hasKeys, onChanged }: { signal: SignalFull; hasKeys: boolean; onChanged: () => void }) {
  const { go } = useNavigation();
  const can = useCan();
  const [isAsking, setAsking] = useState(false);
  const mapping = signal.unmapped?.mapping ?? signal.mapping;
  const benchHref = mapping ? mappingHref(mapping.name, { signal: signal.id }) : mappingsHref();
  const whyNot = signal.state === 'PENDING' ? 'It is still to be mapped for the first time.' : undefined;
  const bindings = useMemo<KeyBinding[]>(
    () => [
      ...(can('mapping.run') && whyNot === undefined
        ? [{ keys: 'r', label: 'Map again', group: 'Signal', run: () => setAsking(true) }]
        : []),
      { keys: 'b', label: 'Open in the mapping bench', group: 'Signal', run: () => go(benchHref) },
    ],
    [can, whyNot, go, benchHref],
  );
  useKeys(bindings, hasKeys);
  return (
    <div className={page['acts']}>
      <PermittedButton
        needs="mapping.run"
        what="Mapping again"
        keys="r"
        whyNot={whyNot}
        leftSection={<Icon name="again" size={14} />}
        onClick={() => setAsking(true)}
      >
        Map again
      </PermittedButton>
      <Tooltip label="Open in the mapping bench (b)">
        <Button variant="default" leftSection={<Icon name="mappings" size={14} />} onClick={() => go(benchHref)}>
          {mapping ? 'Open in mapping bench' : 'Choose a mapping'}
        </Button>
      </Tooltip>
      {isAsking && (
        <MapAgainDialog
          selection={{ signalIds: [signal.id] }}
          what={
            <>
              <span className="mono">{cutMiddle(signal.externalId, 40)}</span> is read once more from what was received,
              by the mapping that is in force now.
            </>
          }
          onClose={() => setAsking(false)}
          onOver={onChanged}
        />
      )}
    </div>
  );
}

function SignalFacts({ signal }: { signal: SignalFull }) {
  const facts: { name: string; value: ReactNode; title?: string }[] = [
    {
      name: 'Received',
      value: dateTime(signal.receivedAt, undefined, true),
      title: exactInstant(signal.receivedAt),
    },
    {
      name: 'Happened',
      value: signal.occurredAt ? dateTime(signal.occurredAt, undefined, true) : <span className="muted">not told</span>,
      title: signal.occurredAt ? exactInstant(signal.occurredAt) : 'The sender gave no time',
    },
    { name: 'Lag', value: lagWords(signal.lagSeconds), title: 'From when it happened to when it was received' },
    { name: 'Came as', value: `${signalKind(signal.kind)}, ${byteWords(signal.sizeBytes)}` },
    {
      name: 'Source system',
      value: signal.sourceSystem ?? <span className="muted">none configured</span>,
      title: signal.source,
    },
    ...(signal.mapping && signal.state === 'MAPPED'
      ? [
          {
            name: 'Mapped by',
            value: (
              <AppLink href={mappingHref(signal.mapping.name, { signal: signal.id })}>
                {mappingWords(signal.mapping)}
              </AppLink>
            ),
          },
        ]
      : []),
    ...(signal.traceId
      ? [{ name: 'Run', value: <AppLink href={traceHref(signal.traceId)}>{signal.traceId.slice(0, 12)}…</AppLink> }]
      : []),
    ...(signal.file
      ? [
          {
            name: 'File',
            value: (
              <AppLink href={filesHref({ open: signal.file.id })}>
                {signal.file.name}
                {signal.recordNo !== null && `, record ${signal.recordNo}`}
              </AppLink>
            ),
          },
        ]
      : []),
    {
      name: 'Known once as',
      value: (
        <span className="mono" title={signal.scopedKey}>
          {cutMiddle(signal.scopedKey, 44)}
        </span>
      ),
      title: 'The key by which the same signal, sent again, is one',
    },
  ];
  return <Facts facts={facts} />;
}
