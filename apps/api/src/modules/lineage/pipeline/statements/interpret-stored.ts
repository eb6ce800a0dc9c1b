import { readOwnStatement } from '@throughline/ingest';
import { countingEvents, withoutEffect } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { type ReceivedSignal, type StoredSignals, readSelectedSignals } from '../../../signals/index.js';
import { type Interpretation, interpretSignals } from '../interpret-signals.js';
import type { TenantMappings } from '../mappings-in-force.js';
import { replaceFacts } from '../remapping/replace-facts.js';
import {
  type RecordedStatement,
  idOfStatement,
  lockStatements,
  readStatementEvents,
  recordStatements,
} from './statement.repository.js';

/** What signals tell, and which signals that are not among them say no longer what they said. */
export type StoredInterpretation = Interpretation & { overtakenIds: string[] };

/**
 * Maps stored signals. Of what people state the latest counts: whatever it overtakes is told as history, among these signals
 * at once, of earlier ones by retellOvertaken.
 */
export async function interpretStored(
  tx: Tx,
  signals: StoredSignals,
  mappings: TenantMappings,
): Promise<StoredInterpretation> {
  const told = await interpretSignals(signals, mappings);
  const events = signals.signals.flatMap(statementOf);
  if (events.length === 0) return { ...told, overtakenIds: [] };
  await lockStatements(tx);
  await recordStatements(tx, events);
  const known = await readStatementEvents(tx, [...new Set(events.map(({ statement }) => idOfStatement(statement)))]);
  const counting = new Set([...countingEvents(known).values()].map(({ signalId }) => signalId));
  const isHere = new Set(events.map(({ signalId }) => signalId));
  const isOvertaken = (signalId: string) => isHere.has(signalId) && !counting.has(signalId);
  return {
    ...told,
    activities: told.activities.map((one) => (isOvertaken(one.signal.signalId) ? withoutEffect(one) : one)),
    overtakenIds: known
      .filter(({ signalId, isWithdrawal }) => !isWithdrawal && !isHere.has(signalId) && !counting.has(signalId))
      .map(({ signalId }) => signalId),
  };
}

/** Tells earlier statements as the history that they have become; those whose signals have left their retention vanish. */
export async function retellOvertaken(
  tx: Tx,
  { overtakenIds }: StoredInterpretation,
  mappings: TenantMappings,
  { isSilent }: { isSilent: boolean },
): Promise<void> {
  if (overtakenIds.length === 0) return;
  const { signals } = await readSelectedSignals(tx, { signalIds: overtakenIds }, null, overtakenIds.length);
  const { activities } = await interpretSignals({ spans: [], signals }, mappings);
  const history = { signalIds: overtakenIds, activities: activities.map(withoutEffect), copies: [] };
  await replaceFacts(tx, history, { isSilent });
}

function statementOf({ signal, reference }: ReceivedSignal): RecordedStatement[] {
  const event = readOwnStatement(signal);
  if (event === null) return [];
  return [{ ...event, signalId: reference.signalId, signalReceivedOn: reference.receivedOn }];
}
