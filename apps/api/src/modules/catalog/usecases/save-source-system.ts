import type { SecretBox, Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { sourceSystemProblems, type SourceSystemStatement } from '../domain/source-system-rules.js';
import {
  addSourceSystem,
  changeSourceSystem,
  lockSourceSystem,
  type SourceSystemFacts,
  type SourceSystemRow,
} from '../source-system.repository.js';

const HOUR_MS = 3_600_000;

/** Configures a new source system, or changes one. A new secret is taken beside the one before it for a while. */
export async function saveSourceSystem(
  tx: Tx,
  act: CatalogAct,
  input: { statement: SourceSystemStatement; isNew: boolean; box: SecretBox },
): Promise<{ name: string } | CatalogFailure> {
  const { statement, isNew, box } = input;
  const existing = isNew ? null : await lockSourceSystem(tx, statement.name);
  if (!isNew && existing === null) return refuse('NOT_FOUND', 'There is no such source system');
  const invalid = invalidIf(sourceSystemProblems(statement, existing?.hasSecret ?? false), 'The source system');
  if (invalid !== undefined) return invalid;
  const facts = factsOf(statement);
  const sealed = statement.secret === null ? null : box.seal(statement.secret);
  if (existing === null) {
    if (!(await addSourceSystem(tx, facts, sealed, act.now)))
      return refuse('CONFLICT', 'There is a source system of this name', ['name: is taken']);
  } else {
    await changeSourceSystem(tx, facts, secretChange(statement, sealed, act.now), act.now);
  }
  await recordAct(
    tx,
    act,
    existing === null ? 'source-system.created' : 'source-system.changed',
    { type: 'source-system', id: facts.name },
    {
      ...(existing !== null && { before: factsOf(existing) }),
      after: facts,
      isSecretChanged: sealed !== null,
    },
  );
  return { name: facts.name };
}

function secretChange(statement: SourceSystemStatement, sealed: Buffer | null, now: Date) {
  if (sealed === null) return statement.webhookAuthentication === 'none' ? 'remove' : 'keep';
  const hours = statement.previousSecretHours;
  return { sealed, previousUntil: hours === 0 ? null : new Date(now.getTime() + hours * HOUR_MS) };
}

function factsOf(one: SourceSystemStatement | SourceSystemRow): SourceSystemFacts {
  const { name, kind, title, timeZone, webhookAuthentication, isActive } = one;
  return { name, kind, title: title.trim(), timeZone, webhookAuthentication, isActive };
}
