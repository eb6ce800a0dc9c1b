import { useMemo } from 'react';
import { StatusShape } from '../status/status.js';
import { hasField, preparePayload, type PayloadLine } from './prepare-payload.js';
import { ScrollRegion } from '../page/scroll-region.js';
import styles from './payload-view.module.css';

type PayloadViewProps = { payload: unknown; failedField?: string | null | undefined; label: string };

/** A payload as it was received, masked by the server, with the failing field marked. */
export function PayloadView({ payload, failedField, label }: PayloadViewProps) {
  const lines = useMemo(() => preparePayload(payload, failedField), [payload, failedField]);
  const isMissing = Boolean(failedField) && !hasField(lines, failedField);
  return (
    <div className={styles['frame']}>
      {isMissing && (
        <p className={styles['missing']}>
          <StatusShape tone="critical" /> The failing field <code className="mono">{failedField}</code> is not in the
          payload.
        </p>
      )}
      <PayloadLines lines={lines} label={label} />
    </div>
  );
}

type PayloadLinesProps = {
  lines: readonly PayloadLine[];
  label: string;
  /** texts that the mapping took over: their lines are marked as joined to what was made of them */
  used?: ReadonlySet<string> | undefined;
};

/** Numbered lines, the one that failed marked. */
export function PayloadLines({ lines, label, used }: PayloadLinesProps) {
  return (
    <ScrollRegion className={styles['payload']} label={label}>
      <pre>
        {lines.map((line, index) => {
          const isUsed = used?.has(line.kind === 'text' ? line.value.replace(/^"|"$/g, '') : line.value);
          return (
            <div key={index} className={line.isFailing ? styles['failing'] : isUsed ? styles['used'] : styles['line']}>
              <span className={styles['number']} aria-hidden="true">
                {index + 1}
              </span>
              <span style={{ paddingLeft: line.depth * 16 }}>
                <span className={styles['key']}>{line.before}</span>
                <span className={styles[line.kind]}>{line.value}</span>
                {line.after}
                {line.isFailing && (
                  <span className={styles['mark']}>
                    <StatusShape tone="critical" size={9} /> failing field
                  </span>
                )}
                {isUsed && !line.isFailing && <span className={styles['join']}>→ taken over</span>}
              </span>
            </div>
          );
        })}
      </pre>
    </ScrollRegion>
  );
}
