import { dateTime } from '../../shared/format/time.js';
import { Panel } from '../../shared/page/panel.js';
import { PayloadView } from '../../shared/payload/payload-view.js';
import { Empty } from '../../shared/states/states.js';
import { useCan } from '../../shared/viewer/viewer.js';
import type { ExceptionFull } from './exception-documents.js';

type Failure = NonNullable<ExceptionFull['failure']>;

/** What the failed run received. */
export function PayloadPanel({ failure }: { failure: Failure }) {
  const can = useCan();
  const hasPayload = failure.payload !== null && failure.payload !== undefined;
  const facts = [
    failure.payloadVersion === null ? undefined : `version ${failure.payloadVersion}`,
    failure.isMasked ? 'account numbers masked' : undefined,
    `received ${dateTime(failure.occurredAt)}`,
  ].filter((fact) => fact !== undefined);
  return (
    <Panel title="Payload" isFlush aside={hasPayload ? facts.join(' · ') : undefined}>
      {hasPayload ? (
        <PayloadView payload={failure.payload} failedField={failure.failedField} label="Payload of the failed run" />
      ) : can('payload.read') ? (
        <Empty title="The failure came without a payload">
          The integration reported what went wrong, not what it had received.
        </Empty>
      ) : (
        <Empty title="Payloads are not part of your role">
          An administrator can give you a role with the right to read payloads.
        </Empty>
      )}
    </Panel>
  );
}

/** What the message that failed carried beside its payload, as a dead-letter queue keeps it. */
export function HeadersPanel({ headers }: Pick<Failure, 'headers'>) {
  if (headers.length === 0) return null;
  return (
    <Panel title="Headers of the message" isFlush aside="credentials are not shown">
      <PayloadView
        payload={Object.fromEntries(headers.map(({ name, value }) => [name, value]))}
        label="Headers of the message that failed"
      />
    </Panel>
  );
}
