import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { compensationProblems, type DeclaredCompensation } from '../domain/compensation-rules.js';
import { describeIntegrations } from '../integration.repository.js';
import {
  addCompensationSetting,
  lockCompensationSetting,
  type CompensationSettingRow,
} from './compensation-setting.repository.js';

/** States what an integration undoes or tells: a new version, made on the one that was seen. */
export async function saveCompensationSetting(
  tx: Tx,
  act: CatalogAct,
  input: {
    integration: string;
    /** The version that was seen; 0 = none. */
    basedOn: number;
    actions: readonly DeclaredCompensation[];
    note: string;
  },
): Promise<{ integration: string } | CatalogFailure> {
  const { integration, basedOn, note } = input;
  const actions = input.actions.map(trimmed);
  const invalid = invalidIf(compensationProblems(actions, note.trim()), 'What is undone');
  if (invalid !== undefined) return invalid;
  const [known] = await describeIntegrations(tx, [integration]);
  if (known === undefined)
    return refuse('NOT_FOUND', 'There is no such integration', [`${integration}: is not configured`]);
  const before = await lockCompensationSetting(tx, integration);
  if ((before?.version ?? 0) !== basedOn)
    return refuse('CONFLICT', `${before?.changedByName ?? 'Somebody'} has changed it since you looked at it`);
  const row: CompensationSettingRow = {
    integration,
    version: basedOn + 1,
    actions,
    note: note.trim(),
    changedBy: act.viewer.personId,
    changedByName: act.viewer.displayName,
    changedAt: act.now,
  };
  await addCompensationSetting(tx, row);
  await recordAct(
    tx,
    act,
    'integration.compensations-changed',
    { type: 'integration', id: integration },
    { before: before === null ? null : stated(before), after: stated(row) },
  );
  return { integration };
}

function trimmed(declared: DeclaredCompensation): DeclaredCompensation {
  return {
    ...declared,
    objectTypes: [...new Set(declared.objectTypes.map((type) => type.trim()))],
    taxonomies: [...new Set(declared.taxonomies.map((code) => code.trim()))],
    path: textOrNull(declared.path),
    proofActivity: textOrNull(declared.proofActivity),
    proofMilestone: textOrNull(declared.proofMilestone),
  };
}

function textOrNull(text: string | null): string | null {
  const trimmedText = text?.trim() ?? '';
  return trimmedText === '' ? null : trimmedText;
}

function stated({ version, actions, note }: CompensationSettingRow) {
  return { version, actions, note };
}
