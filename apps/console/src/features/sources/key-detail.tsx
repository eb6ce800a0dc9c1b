import { lazy, Suspense } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { byteWords } from '../../shared/signals/signal-words.js';
import { Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { sourcesHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { usageBars, usageSentence, usageTotals } from './prepare-usage.js';
import { keyState } from './source-words.js';
import type { IngestKey } from './sources-documents.js';
import page from '../../shared/page/list-page.module.css';

// recharts is loaded with the first chart.
const UsageChart = lazy(() => import('./usage-chart.js').then((module) => ({ default: module.UsageChart })));

type KeyDetailProps = {
  ingestKey: IngestKey;
  replaced: IngestKey | undefined;
  onClose: () => void;
  onRotate: () => void;
  onRevoke: () => void;
};

/** One key: who it is for, until when, what was sent with it. */
export function KeyDetail({ ingestKey, replaced, onClose, onRotate, onRevoke }: KeyDetailProps) {
  const now = useNow();
  const { tone, word } = keyState(ingestKey, now);
  const totals = usageTotals(ingestKey.usage);
  const over = ingestKey.isActive ? undefined : `It is ${word.toLowerCase()} already.`;
  return (
    <article className={page['detail']} aria-label={`Key ${ingestKey.name}`}>
      <DetailHead
        topline={
          <>
            <strong>{ingestKey.name}</strong>
            <Status tone={tone}>{word}</Status>
          </>
        }
        title={usageSentence(ingestKey.usage)}
        onClose={onClose}
      />
      <div className={page['acts']}>
        <PermittedButton needs="catalog.write" what="Rotating keys" whyNot={over} onClick={onRotate}>
          Rotate
        </PermittedButton>
        <PermittedButton
          needs="catalog.write"
          what="Revoking keys"
          variant="default"
          whyNot={ingestKey.revokedAt === null ? undefined : 'It is revoked already.'}
          onClick={onRevoke}
        >
          Revoke
        </PermittedButton>
      </div>
      <Facts
        facts={[
          {
            name: 'Source system',
            value: ingestKey.sourceSystem ? (
              <AppLink href={sourcesHref({ open: ingestKey.sourceSystem })}>{ingestKey.sourceSystem}</AppLink>
            ) : (
              'any'
            ),
          },
          { name: 'Issued', value: dateTime(ingestKey.createdAt), title: exactInstant(ingestKey.createdAt) },
          { name: 'Expires', value: ingestKey.expiresAt ? dateTime(ingestKey.expiresAt) : 'never' },
          ...(ingestKey.revokedAt ? [{ name: 'Revoked', value: dateTime(ingestKey.revokedAt) }] : []),
          {
            name: 'Limit',
            value:
              ingestKey.itemsPerSecond === null ? 'none' : `${countNumber(ingestKey.itemsPerSecond)} items a second`,
            title: 'Above it requests are answered 429 with Retry-After',
          },
          ...(ingestKey.replacesKeyId
            ? [
                {
                  name: 'Rotated from',
                  value: (
                    <AppLink href={sourcesHref({ show: 'keys', open: ingestKey.replacesKeyId })}>
                      {replaced?.name ?? 'the key before'}
                    </AppLink>
                  ),
                },
              ]
            : []),
        ]}
      />
      <Facts
        facts={[
          { name: 'Requests, 7 days', value: countNumber(totals.requests) },
          { name: 'Items', value: countNumber(totals.items) },
          { name: 'Sent before', value: countNumber(totals.duplicates), title: 'Taken once, counted here' },
          { name: 'Refused', value: countNumber(totals.refused) },
          { name: 'Turned away', value: countNumber(totals.limited), title: 'Requests above the limit of the key' },
          { name: 'Volume', value: byteWords(totals.bytes) },
        ]}
      />
      <Suspense fallback={<Loading label="chart" rows={4} />}>
        <UsageChart
          bars={usageBars(ingestKey.usage, now)}
          title={
            totals.refused > 0 ? `${count(totals.refused, 'item was', 'items were')} refused` : 'Nothing was refused'
          }
          summary={usageSentence(ingestKey.usage)}
        />
      </Suspense>
    </article>
  );
}
