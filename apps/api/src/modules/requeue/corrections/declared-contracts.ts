import type { Tx } from '@throughline/persistence';
import { findContractsInForce, findCorrectionSettings, type EventContractRow } from '../../catalog/index.js';
import type { LeftOut } from '../domain/left-out.js';
import { firstFault } from './contracts-in-force.js';

/** What an integration declares of the payloads that it sends. */
export type Declared = {
  /** Places that may be corrected: JSON pointers, `*` for positions of lists. */
  fields: readonly string[];
  /** Null = it names none, or none is in force. */
  contract: EventContractRow | null;
};

/** By integration; without those that declare nothing. */
export async function findDeclared(tx: Tx, integrations: readonly string[]): Promise<Map<string, Declared>> {
  const names = [...new Set(integrations)];
  const settings = await findCorrectionSettings(tx, names);
  const types = [...new Set(settings.flatMap((setting) => setting?.contractType ?? []))];
  const contracts = await findContractsInForce(tx, types);
  const contractOf = new Map(types.map((type, index) => [type, contracts[index] ?? null]));
  return new Map(
    names.flatMap((name, index): [string, Declared][] => {
      const setting = settings[index];
      if (!setting) return [];
      const contract = setting.contractType === null ? null : (contractOf.get(setting.contractType) ?? null);
      return [[name, { fields: setting.fields, contract }]];
    }),
  );
}

/** The contracts in force by integration; without those that keep none. */
export async function findContractsOf(tx: Tx, integrations: readonly string[]): Promise<Map<string, EventContractRow>> {
  const declared = await findDeclared(tx, integrations);
  return new Map([...declared].flatMap(([name, { contract }]) => (contract === null ? [] : [[name, contract]])));
}

/**
 * Why a payload that failed is not sent as it is: its target would take it for broken once more, also where that is what it failed of.
 * Null = it keeps the contract.
 */
export function unfitAsItIs(tenantId: string, contract: EventContractRow, payloadJson: string): LeftOut | null {
  const fault = firstFault(tenantId, contract, payloadJson);
  if (fault === undefined) return null;
  const reason = `What failed does not fit its contract ${contract.eventType}: ${fault.place || 'it'} ${fault.reason}. Correct it, or put it right at its source and have it extracted anew.`;
  return { code: 'PAYLOAD_UNFIT', reason };
}
