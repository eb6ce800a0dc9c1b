import type { Tx } from '@throughline/persistence';
import { countRows, type Page, type RowCount } from '../../graphql/connection.js';
import { SIGNAL_ROW, type SignalRow } from './signal-list.repository.js';

/** A signal of a flow, as what it caused names it. */
export type FlowSignal = { id: string; correlationId: string; externalId: string };

/** The event of the same flow whose id a signal names as its cause. */
export type NamedCause = { id: string; correlationId: string; causationId: string };

/** Of a flow the first received, among which a cause is looked for: whoever names all its flows alike must not be read whole. */
const MOST_OF_FLOW = 5_000;

/**
 * What caused signals, in that order; null = it has not been received. Ids are unique within their source alone, so of several the
 * first received counts. Fits Operation.loader.
 */
export async function findCauses(tx: Tx, named: readonly NamedCause[]): Promise<(SignalRow | null)[]> {
  const rows = await tx.query<SignalRow & { place: number }>(
    `select asked.place::int as place, ${SIGNAL_ROW}
     from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as asked(signal_id, correlation_id, causation_id, place)
     cross join lateral (
       select * from (
         select * from signal each
         where each.tenant_id = $1 and each.correlation_id = asked.correlation_id
         order by each.received_at, each.signal_id limit ${MOST_OF_FLOW}
       ) flow
       where flow.external_id = asked.causation_id and flow.signal_id <> asked.signal_id
       order by flow.received_at, flow.signal_id limit 1
     ) s`,
    [
      tx.tenantId,
      named.map(({ id }) => id),
      named.map(({ correlationId }) => correlationId),
      named.map(({ causationId }) => causationId),
    ],
  );
  const byPlace = new Map(rows.map(({ place, ...row }) => [place, row]));
  return named.map((_one, index) => byPlace.get(index + 1) ?? null);
}

const CAUSED = 's.tenant_id = $1 and s.correlation_id = $2 and s.causation_id = $3 and s.signal_id <> $4';

/** What a signal caused in its flow, in order of receipt, one more than the page holds. */
export function listCaused(tx: Tx, cause: FlowSignal, page: Page): Promise<SignalRow[]> {
  return tx.query<SignalRow>(
    `select ${SIGNAL_ROW} from signal s
     where ${CAUSED} and ($5::timestamptz is null or (s.received_at, s.signal_id) > ($5::timestamptz, $6::uuid))
     order by s.received_at, s.signal_id limit $7`,
    [...paramsOf(tx, cause), page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countCaused(tx: Tx, cause: FlowSignal): Promise<RowCount> {
  return countRows(tx, `select 1 from signal s where ${CAUSED}`, paramsOf(tx, cause));
}

function paramsOf(tx: Tx, { id, correlationId, externalId }: FlowSignal): unknown[] {
  return [tx.tenantId, correlationId, externalId, id];
}
