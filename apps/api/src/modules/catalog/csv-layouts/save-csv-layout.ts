import { createHash } from 'node:crypto';
import { shippedCsvLayouts } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { slugProblems, textProblems } from '../domain/catalog-text.js';
import { checkCsvLayout } from './csv-layout-rules.js';
import { addCsvLayout, lockCsvLayout } from './csv-layout.repository.js';

/** Most versions of one layout that a tenant may keep. */
const MOST_VERSIONS = 500;

/** Declares a CSV layout, or a new version of one, made on the one that was seen. It takes the files that come from now on. */
export async function saveCsvLayout(
  tx: Tx,
  act: CatalogAct,
  input: {
    name: string;
    definition: string;
    note: string;
    /** The version that was seen; 0 = none. */
    basedOn: number;
  },
): Promise<{ name: string } | CatalogFailure> {
  const { name, basedOn } = input;
  const problems = [...slugProblems('name', name), ...textProblems('note', input.note, { max: 1_000 })];
  const invalid = invalidIf(problems, 'The layout');
  if (invalid !== undefined) return invalid;
  const versions = await lockCsvLayout(tx, name);
  const [latest] = versions;
  const seen = latest?.version ?? shippedCsvLayouts().get(name)?.layout.version ?? 0;
  if (seen !== basedOn) {
    const who = latest?.createdByName ?? 'Somebody';
    return refuse(
      'CONFLICT',
      basedOn === 0 ? `There is a layout ${name}` : `${who} has changed it since you looked at it`,
    );
  }
  if (versions.length >= MOST_VERSIONS)
    return refuse('CONFLICT', `A layout has at most ${MOST_VERSIONS} versions of a tenant's own`);
  const version = seen + 1;
  const checked = checkCsvLayout(input.definition, { name, version });
  if (!checked.ok) return refuse('INVALID', 'The layout cannot be taken as it is', [...checked.problems]);
  const { definition } = checked;
  const note = input.note.trim();
  const { personId, displayName } = act.viewer;
  await addCsvLayout(tx, {
    name,
    version,
    definition,
    note,
    createdBy: personId,
    createdByName: displayName,
    createdAt: act.now,
  });
  await recordAct(
    tx,
    act,
    'csv-layout.saved',
    { type: 'csv-layout', id: name },
    {
      before: seen === 0 ? null : { version: seen },
      after: { version, sha256: createHash('sha256').update(definition).digest('hex') },
      note,
    },
  );
  return { name };
}
