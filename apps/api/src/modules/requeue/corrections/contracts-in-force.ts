import { compileContract, type CompiledContract, type ContractIssue, type JsonSchema } from '@throughline/ingest';
import type { EventContractRow } from '../../catalog/index.js';
import { plainValue, type JsonTree } from './domain/json-tree.js';

/** A form is checked with every key that is struck; a schema is compiled once for all of them. */
const MOST_COMPILED = 200;
/** Every departure is told, up to so many. */
const MOST_ISSUES = 200;

const compiled = new Map<string, CompiledContract>();

/** Where a payload departs from a contract, every place of it; nowhere where there is none. */
export function contractFaults(
  tenantId: string,
  contract: EventContractRow | null,
  payload: JsonTree,
): readonly ContractIssue[] {
  // size 0: payloads that can be corrected are small enough to be told all of it
  return contract === null ? [] : ready(tenantId, contract).validate(plainValue(payload), 0, MOST_ISSUES);
}

/** Where a payload, as text of any length, first departs from a contract; undefined = nowhere. */
export function firstFault(
  tenantId: string,
  contract: EventContractRow,
  payloadJson: string,
): ContractIssue | undefined {
  return ready(tenantId, contract).validate(JSON.parse(payloadJson), Infinity, 1)[0];
}

function ready(tenantId: string, { eventType, version, schema }: EventContractRow): CompiledContract {
  const key = JSON.stringify([tenantId, eventType, version]);
  const known = compiled.get(key);
  if (known !== undefined) return known;
  // a registered version is one that compiles, and never changes
  const contract = compileContract(schema as JsonSchema);
  const [oldest] = compiled.keys();
  if (compiled.size >= MOST_COMPILED && oldest !== undefined) compiled.delete(oldest);
  compiled.set(key, contract);
  return contract;
}
