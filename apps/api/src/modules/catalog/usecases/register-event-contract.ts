import { createHash } from 'node:crypto';
import {
  checkCompatibility,
  compileContract,
  COMPATIBILITY_MODES,
  ContractError,
  type CompatibilityMode,
  type JsonSchema,
} from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { textProblems } from '../domain/catalog-text.js';
import { addEventContract, lockLatestContract } from '../event-contract.repository.js';

/** Registers the next version of an event type's schema, if it keeps up the compatibility that is asked of it. */
export async function registerEventContract(
  tx: Tx,
  act: CatalogAct,
  input: { eventType: string; schema: unknown; compatibility: string },
): Promise<{ eventType: string; version: number } | CatalogFailure> {
  const { eventType, schema, compatibility } = input;
  const problems = textProblems('eventType', eventType, { max: 250 });
  if (!isMode(compatibility)) problems.push(`compatibility: must be one of ${COMPATIBILITY_MODES.join(', ')}`);
  problems.push(...schemaProblems(schema));
  const invalid = invalidIf(problems, 'The contract');
  if (invalid !== undefined || !isMode(compatibility)) return invalid ?? refuse('INVALID', 'The contract', problems);
  const latest = await lockLatestContract(tx, eventType);
  const breaks =
    latest === null ? [] : checkCompatibility(latest.schema as JsonSchema, schema as JsonSchema, compatibility);
  if (latest !== null && breaks.length > 0) {
    return refuse(
      'CONFLICT',
      `The schema is not ${compatibility} compatible with version ${latest.version}`,
      breaks.map(({ direction, place, reason }) => `${place === '' ? '/' : place}: ${reason} (${direction})`),
    );
  }
  const version = (latest?.version ?? 0) + 1;
  await addEventContract(tx, {
    eventType,
    version,
    schema,
    compatibility,
    createdBy: act.viewer.personId,
    createdAt: act.now,
  });
  await recordAct(
    tx,
    act,
    'event-contract.registered',
    { type: 'event-contract', id: eventType },
    {
      before: latest === null ? null : { version: latest.version },
      after: { version, compatibility, sha256: createHash('sha256').update(JSON.stringify(schema)).digest('hex') },
    },
  );
  return { eventType, version };
}

function isMode(text: string): text is CompatibilityMode {
  return (COMPATIBILITY_MODES as readonly string[]).includes(text);
}

function schemaProblems(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return ['schema: must be a JSON Schema'];
  try {
    compileContract(schema as JsonSchema);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.problems.map((problem) => `schema: ${problem}`);
    throw error;
  }
}
