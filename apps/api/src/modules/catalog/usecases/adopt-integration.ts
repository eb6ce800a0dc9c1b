import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { textProblems } from '../domain/catalog-text.js';
import { addIntegration } from '../integration.repository.js';
import { removeUnclaimed } from '../unclaimed-integration.repository.js';

export const CRITICALITIES = ['low', 'medium', 'high'] as const;

export type AdoptIntegrationStatement = {
  kind: string;
  name: string;
  title: string;
  fromSystem: string;
  toSystem: string;
  owner: string;
  criticality: string;
};

/** Makes an integration of what sends without being configured. */
export async function adoptIntegration(
  tx: Tx,
  act: CatalogAct,
  statement: AdoptIntegrationStatement,
): Promise<{ name: string } | CatalogFailure> {
  const { kind, name, criticality } = statement;
  const problems = [
    ...textProblems('title', statement.title, { max: 200 }),
    ...textProblems('fromSystem', statement.fromSystem, { max: 200 }),
    ...textProblems('toSystem', statement.toSystem, { max: 200 }),
    ...textProblems('owner', statement.owner, { max: 200 }),
    ...((CRITICALITIES as readonly string[]).includes(criticality)
      ? []
      : [`criticality: must be one of ${CRITICALITIES.join(', ')}`]),
  ];
  const invalid = invalidIf(problems, 'The integration');
  if (invalid !== undefined) return invalid;
  const facts = {
    name,
    title: statement.title.trim(),
    fromSystem: statement.fromSystem.trim(),
    toSystem: statement.toSystem.trim(),
    owner: statement.owner.trim(),
    criticality,
  };
  // first the row that is there once: two people who adopt it at the same time do not both pass
  if (!(await removeUnclaimed(tx, kind, name)))
    return refuse('NOT_FOUND', 'There is no such unclaimed integration', [`${kind} ${name}: is not on the list`]);
  const isNew = await addIntegration(tx, { ...facts, adoptedFrom: kind });
  await recordAct(
    tx,
    act,
    isNew ? 'integration.adopted' : 'integration.confirmed',
    { type: 'integration', id: name },
    isNew ? { adoptedFrom: kind, after: facts } : { adoptedFrom: kind },
  );
  return { name };
}
