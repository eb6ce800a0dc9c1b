import { useMemo } from 'react';
import { dateTime, exactInstant } from '../format/time.js';
import { useLoad } from '../graphql/use-load.js';
import { AppLink } from '../navigation.js';
import { Facts, Panel } from '../page/panel.js';
import { Empty, Failed, Loading } from '../states/states.js';
import { signalHref } from '../url.js';
import { textsOf } from './activity-view.js';
import { RawView } from './raw-view.js';
import { SignalDocument } from './signal-documents.js';
import { byteWords, mappingWords, signalKind } from './signal-words.js';

/** The message that an activity was made of, inside another page. */
export function MessagePanel({ signalId, closeHref }: { signalId: string; closeHref: string }) {
  const { data, error, isLoading, reload } = useLoad(SignalDocument, { id: signalId });
  const signal = data?.signal;
  const used = useMemo(() => textsOf(signal?.activities ?? []), [signal]);
  return (
    <>
      <Panel
        title="Message"
        aside={
          <>
            {signal && <AppLink href={signalHref(signal.id)}>Open the whole signal</AppLink>}{' '}
            <AppLink replace href={closeHref}>
              Close
            </AppLink>
          </>
        }
      >
        {isLoading && <Loading label="the message" rows={3} />}
        {error && !signal && <Failed what="message" error={error} onRetry={reload} />}
        {data && !signal && <Empty title="The message is no longer kept">What was made of it stays.</Empty>}
        {signal && (
          <Facts
            facts={[
              { name: 'Type', value: signal.type },
              { name: 'From', value: signal.sourceSystem ?? signal.source, title: signal.source },
              { name: 'Came as', value: `${signalKind(signal.kind)}, ${byteWords(signal.sizeBytes)}` },
              {
                name: 'Received',
                value: dateTime(signal.receivedAt, undefined, true),
                title: exactInstant(signal.receivedAt),
              },
              { name: 'Mapped by', value: signal.mapping ? mappingWords(signal.mapping) : '–' },
            ]}
          />
        )}
      </Panel>
      {signal && <RawView raw={signal.raw} contentType={signal.contentType} used={used} />}
    </>
  );
}
