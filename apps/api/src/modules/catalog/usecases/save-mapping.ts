import { createHash } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { slugProblems, textProblems } from '../domain/catalog-text.js';
import { claimProblems, ownNameProblems } from '../domain/mapping-claims.js';
import { checkDefinition } from '../domain/mapping-definition.js';
import { intakeProblems } from '../domain/mapping-intake.js';
import { overlayMappings } from '../domain/mapping-overlay.js';
import { addVersion, listLeadingVersions, lockVersions } from '../mapping.repository.js';
import { shippedMappings } from '../shipped-mappings.js';

/** Most versions of one mapping that a tenant may keep. */
const MOST_VERSIONS = 500;

/** Stores a changed definition as the next version, a draft until another person puts it in force. */
export async function saveMapping(
  tx: Tx,
  act: CatalogAct,
  input: { name: string; definition: string; note: string },
): Promise<{ name: string; version: number } | CatalogFailure> {
  const { name, note } = input;
  const invalid = invalidIf(
    [...slugProblems('name', name), ...ownNameProblems(name), ...textProblems('note', note, { max: 1_000 })],
    'The version',
  );
  if (invalid !== undefined) return invalid;
  const versions = await lockVersions(tx, name);
  if (versions.length >= MOST_VERSIONS)
    return refuse('CONFLICT', `A mapping has at most ${MOST_VERSIONS} versions of a tenant's own`);
  const shipped = shippedMappings();
  const version = Math.max(shipped.get(name)?.pack.version ?? 0, versions[0]?.version ?? 0) + 1;
  const checked = checkDefinition(input.definition, { name, version });
  const problems = checked.ok
    ? [
        ...intakeProblems(checked.pack, shipped),
        ...claimProblems(checked.pack, overlayMappings(shipped, await listLeadingVersions(tx))),
      ]
    : checked.problems;
  if (!checked.ok || problems.length > 0) return refuse('INVALID', 'The definition cannot be taken as it is', problems);
  await addVersion(tx, {
    name,
    version,
    definition: checked.definition,
    note: note.trim(),
    createdById: act.viewer.personId,
    createdAt: act.now,
  });
  await recordAct(
    tx,
    act,
    'mapping.saved',
    { type: 'mapping', id: name },
    {
      before: { version: versions[0]?.version ?? shipped.get(name)?.pack.version ?? null },
      after: { version, state: 'draft', sha256: createHash('sha256').update(checked.definition).digest('hex') },
      note: note.trim(),
    },
  );
  return { name, version };
}
