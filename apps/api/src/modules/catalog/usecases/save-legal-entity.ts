import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { legalEntityProblems, type LegalEntityStatement } from '../domain/legal-entity-rules.js';
import { lockLegalEntity, putLegalEntity, type LegalEntityRow } from '../legal-entity.repository.js';

/** Adds a legal entity, or changes one; its code stays what it is, since documents name it. */
export async function saveLegalEntity(
  tx: Tx,
  act: CatalogAct,
  { isNew, ...stated }: LegalEntityStatement & { isNew: boolean },
): Promise<LegalEntityRow | CatalogFailure> {
  const entity = { ...stated, code: stated.code.trim(), name: stated.name.trim() };
  const invalid = invalidIf(legalEntityProblems(entity), 'The legal entity');
  if (invalid !== undefined) return invalid;
  const before = await lockLegalEntity(tx, entity.code);
  if (isNew && before !== null)
    return refuse('CONFLICT', 'There is a legal entity of this code already', [
      `code: ${entity.code} is ${before.name}`,
    ]);
  if (!isNew && before === null)
    return refuse('NOT_FOUND', 'There is no such legal entity', [`code: ${entity.code} is not configured`]);
  await putLegalEntity(tx, entity);
  await recordAct(tx, act, 'legal-entity.saved', { type: 'legal-entity', id: entity.code }, { before, after: entity });
  return entity;
}
