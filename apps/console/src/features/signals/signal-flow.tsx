import { count, countNumber, cutMiddle } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import type { SignalFull } from '../../shared/signals/signal-documents.js';
import { signalHref, signalsHref, traceHref } from '../../shared/url.js';

const MOST_TRACES = 10;

type Named = { id: string; type: string; externalId: string };

/** What a signal says it belongs to and was caused by, and what says that it was caused by this one. */
export function SignalFlow({ signal }: { signal: SignalFull }) {
  const { correlationId, causationId, causedBy, caused, flowTraceIds } = signal;
  if (correlationId === null) return null;
  const followers = caused.edges.map(({ node }) => node);
  const told = caused.pageInfo.hasNextPage ? `the first ${followers.length}` : count(followers.length, 'signal');
  return (
    <Panel title="Flow" aside="by what the senders say">
      <Facts
        facts={[
          {
            name: 'Belongs to',
            value: (
              <AppLink href={signalsHref({ flow: correlationId, order: 'oldest' })} title={correlationId}>
                <span className="mono">{cutMiddle(correlationId, 40)}</span>
              </AppLink>
            ),
            title: 'Every signal of this flow',
          },
          { name: 'Caused by', value: <Cause causationId={causationId} cause={causedBy} /> },
          {
            name: 'Caused',
            value: followers.length === 0 ? <span className="muted">nothing so far</span> : told,
          },
        ]}
      />
      {flowTraceIds.length > 0 && (
        <ul aria-label="Traces of this flow">
          {flowTraceIds.slice(0, MOST_TRACES).map((traceId) => (
            <li key={traceId}>
              <AppLink href={traceHref(traceId)} title={traceId}>
                Trace <span className="mono">{cutMiddle(traceId, 20)}</span>
              </AppLink>
            </li>
          ))}
          {flowTraceIds.length > MOST_TRACES && (
            <li className="muted">and {countNumber(flowTraceIds.length - MOST_TRACES)} more</li>
          )}
        </ul>
      )}
      {followers.length > 0 && (
        <ul aria-label="What it caused">
          {followers.map((one) => (
            <li key={one.id}>
              <SignalLink signal={one} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Cause({ causationId, cause }: { causationId: string | null; cause: Named | null }) {
  if (cause) return <SignalLink signal={cause} />;
  if (causationId === null) return <span className="muted">not told</span>;
  return (
    <>
      <span className="mono" title={causationId}>
        {cutMiddle(causationId, 40)}
      </span>{' '}
      <span className="muted">has not been received</span>
    </>
  );
}

function SignalLink({ signal: { id, type, externalId } }: { signal: Named }) {
  return (
    <AppLink href={signalHref(id)} title={externalId}>
      {type} <span className="mono">{cutMiddle(externalId, 30)}</span>
    </AppLink>
  );
}
