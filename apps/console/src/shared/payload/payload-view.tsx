import { useMemo } from 'react';
import { StatusShape } from '../status/status.js';
import { hasField, preparePayload } from './prepare-payload.js';
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
      <ScrollRegion className={styles['payload']} label={label}>
        <pre>
          {lines.map((line, index) => (
            <div key={index} className={line.isFailing ? styles['failing'] : styles['line']}>
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
              </span>
            </div>
          ))}
        </pre>
      </ScrollRegion>
    </div>
  );
}
