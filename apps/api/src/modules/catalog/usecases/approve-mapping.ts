import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { isFailure, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { claimProblems } from '../domain/mapping-claims.js';
import { checkDefinition } from '../domain/mapping-definition.js';
import { intakeProblems } from '../domain/mapping-intake.js';
import { overlayMappings } from '../domain/mapping-overlay.js';
import { activateVersion, draftOf, listLeadingVersions, lockVersions } from '../mapping.repository.js';
import { shippedMappings } from '../shipped-mappings.js';

/** Puts a draft in force: by another person than its maker. */
export async function approveMapping(
  tx: Tx,
  act: CatalogAct,
  input: { name: string; version: number },
): Promise<{ name: string } | CatalogFailure> {
  const { name, version } = input;
  const versions = await lockVersions(tx, name);
  const found = draftOf(versions, { version, personId: act.viewer.personId });
  if (isFailure(found)) return found;
  const { draft } = found;
  const shipped = shippedMappings();
  // the product may have changed since the draft was made
  const checked = checkDefinition(draft.definition, { name, version });
  const problems = checked.ok
    ? [
        ...intakeProblems(checked.pack, shipped),
        ...claimProblems(checked.pack, overlayMappings(shipped, await listLeadingVersions(tx))),
      ]
    : checked.problems;
  if (problems.length > 0) return refuse('INVALID', 'The definition cannot be put in force any more', problems);
  const before = versions.find((row) => row.state === 'active')?.version ?? shipped.get(name)?.pack.version ?? null;
  await activateVersion(tx, { name, version, approvedById: act.viewer.personId, at: act.now });
  await recordAct(
    tx,
    act,
    'mapping.approved',
    { type: 'mapping', id: name },
    { before: { activeVersion: before }, after: { activeVersion: version }, makerId: draft.createdById },
  );
  return { name };
}
