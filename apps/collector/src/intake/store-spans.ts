import { randomUUID } from 'node:crypto';
import type { EncodedSpans } from '@throughline/ingest';
import { storeSpanChunks, type Tx } from '@throughline/persistence';
import { announceBatch, type StoredCounts } from './intake-batch.js';

/** Stores the spans of one request as one batch. Work is announced only for spans that can become activities. */
export async function storeSpans(tx: Tx, { receivedAt, received, chunks }: EncodedSpans): Promise<StoredCounts> {
  const batchId = randomUUID();
  const stored = await storeSpanChunks(tx, { batchId, receivedAt }, chunks);
  if (stored.candidateSpans > 0) {
    await announceBatch(tx, { batchId, kind: 'spans', receivedAt, items: stored.candidateSpans });
  }
  return { stored: stored.spans, duplicates: received - stored.spans };
}
