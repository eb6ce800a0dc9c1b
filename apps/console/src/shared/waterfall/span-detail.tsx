import { runLength } from '../format/time.js';
import { plainWords } from '../format/words.js';
import { Status } from '../status/status.js';
import { isErrorSpan } from './prepare-waterfall.js';
import type { TraceSpan } from './trace-documents.js';
import { droppedWords, spanEvents, spanFields } from './span-fields.js';
import styles from './span-detail.module.css';

/** What one span says of itself: its length, its attributes, its events. */
export function SpanDetail({ span }: { span: TraceSpan }) {
  const fields = spanFields(span.attributes);
  const events = spanEvents(span.events);
  const dropped = droppedWords(span.dropped);
  return (
    <section className={styles['detail']} aria-label={`Step ${span.name}`}>
      <div className={styles['head']}>
        <strong>{span.name}</strong>
        <span className="muted">
          {span.serviceName} · {plainWords(span.kind.toLowerCase())} · {runLength(span.durationMs)} from{' '}
          {runLength(span.offsetMs)}
        </span>
        {isErrorSpan(span) && <Status tone="critical">Failed</Status>}
        {span.isClockSuspect && <Status tone="warning">Clock of the sender differs</Status>}
      </div>
      {span.statusMessage && <p className={styles['message']}>{span.statusMessage}</p>}
      {dropped && (
        <Status tone="warning">{`Its sender left out ${dropped}: the step had more than its limits allow`}</Status>
      )}
      {events.map((event, index) => (
        <p key={index} className={styles['event']}>
          <span className="muted">{event.name}</span> {event.text}
        </p>
      ))}
      {fields.length > 0 && (
        <dl className={styles['fields']}>
          {fields.map(([name, value]) => (
            <div key={name}>
              <dt className="mono">{name}</dt>
              <dd className="mono" title={value}>
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
