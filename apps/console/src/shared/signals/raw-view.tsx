import { useMemo } from 'react';
import { CopyButton } from '../page/copy-button.js';
import { Panel } from '../page/panel.js';
import { PayloadLines } from '../payload/payload-view.js';
import { prepareRaw } from '../payload/prepare-raw.js';
import { Empty } from '../states/states.js';
import { StatusShape } from '../status/status.js';
import { useCan } from '../viewer/viewer.js';
import { isPlaceInOutput } from './signal-words.js';
import styles from './signals.module.css';

type RawViewProps = {
  raw: { text: string | null; base64: string | null; isMasked: boolean; isTruncated: boolean } | null;
  contentType: string | null;
  unmapped?: { code: string; reason: string; place: string | null } | null;
  used?: ReadonlySet<string>;
};

/** What was received, line by line, with the place that could not be read. */
export function RawView({ raw, contentType, unmapped, used }: RawViewProps) {
  const can = useCan();
  const trouble = unmapped && !isPlaceInOutput(unmapped.code) ? unmapped : undefined;
  const prepared = useMemo(
    () => (raw?.text ? prepareRaw(raw.text, contentType, trouble) : undefined),
    [raw, contentType, trouble],
  );
  if (!raw) {
    return (
      <Panel title="Raw form" isFlush>
        <Empty title={can('payload.read') ? 'The raw form is no longer kept' : 'Payloads are not part of your role'}>
          {!can('payload.read') && 'An administrator can give you a role with the right to read payloads.'}
        </Empty>
      </Panel>
    );
  }
  const isMarked = prepared?.lines.some((line) => line.isFailing);
  const facts = [
    prepared?.form,
    contentType ?? undefined,
    raw.isMasked ? 'account numbers masked' : undefined,
    raw.isTruncated ? 'cut: only its beginning is shown' : undefined,
  ].filter((fact) => fact !== undefined);
  return (
    <Panel
      title="Raw form"
      isFlush
      aside={
        <span className={styles['rawAside']}>
          <span className={styles['rawFacts']} title={facts.join(' · ')}>
            {facts.join(' · ')}
          </span>
          <CopyButton text={raw.text ?? raw.base64 ?? ''} label="Copy the raw form" />
        </span>
      }
    >
      {trouble?.place && !isMarked && (
        <p className={styles['missing']}>
          <StatusShape tone="critical" /> The place <code className="mono">{trouble.place}</code> is not in what was
          received{raw.isTruncated ? ', as far as it is shown' : ''}.
        </p>
      )}
      {prepared ? (
        <PayloadLines lines={prepared.lines} label="Raw form of the signal" used={used} />
      ) : (
        <Binary base64={raw.base64} />
      )}
    </Panel>
  );
}

function Binary({ base64 }: { base64: string | null }) {
  if (!base64) {
    return (
      <Empty title="Its bytes are no text">
        Binary forms cannot be masked: they are shown to people who may see bank accounts whole.
      </Empty>
    );
  }
  return (
    <div className={styles['binary']}>
      <p className="muted">The bytes are no text. In base64:</p>
      <code className="mono">{base64}</code>
    </div>
  );
}
