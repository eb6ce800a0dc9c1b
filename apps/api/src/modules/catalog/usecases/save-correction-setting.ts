import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../catalog-act.js';
import {
  addCorrectionSetting,
  lockCorrectionSetting,
  type CorrectionSettingRow,
} from '../correction-setting.repository.js';
import { invalidIf, refuse, type CatalogFailure } from '../domain/catalog-failure.js';
import { correctionSettingProblems, type CorrectionStatement } from '../domain/correction-setting-rules.js';
import { findContractsInForce } from '../event-contract.repository.js';
import { describeIntegrations } from '../integration.repository.js';

/** States what of the payloads of an integration may be corrected: a new version, made on the one that was seen. */
export async function saveCorrectionSetting(
  tx: Tx,
  act: CatalogAct,
  input: CorrectionStatement & {
    integration: string;
    /** The version that was seen; 0 = none. */
    basedOn: number;
  },
): Promise<{ integration: string } | CatalogFailure> {
  const { integration, basedOn } = input;
  const contractType = input.contractType?.trim() ?? '';
  const statement: CorrectionStatement = {
    fields: input.fields.map((field) => field.trim()),
    contractType: contractType === '' ? null : contractType,
    note: input.note.trim(),
  };
  const invalid = invalidIf(correctionSettingProblems(statement), 'What may be corrected');
  if (invalid !== undefined) return invalid;
  if ((await describeIntegrations(tx, [integration])).length === 0)
    return refuse('NOT_FOUND', 'There is no such integration', [`${integration}: is not configured`]);
  if (statement.contractType !== null) {
    const [contract] = await findContractsInForce(tx, [statement.contractType]);
    if (contract === null)
      return refuse('NOT_FOUND', 'There is no such contract', [`${statement.contractType}: has no contract in force`]);
  }
  const before = await lockCorrectionSetting(tx, integration);
  if ((before?.version ?? 0) !== basedOn)
    return refuse('CONFLICT', `${before?.changedByName ?? 'Somebody'} has changed it since you looked at it`);
  const row: CorrectionSettingRow = {
    ...statement,
    fields: [...statement.fields],
    integration,
    version: basedOn + 1,
    changedBy: act.viewer.personId,
    changedByName: act.viewer.displayName,
    changedAt: act.now,
  };
  await addCorrectionSetting(tx, row);
  await recordAct(
    tx,
    act,
    'integration.corrections-changed',
    { type: 'integration', id: integration },
    { before: before === null ? null : stated(before), after: stated(row) },
  );
  return { integration };
}

function stated({ version, fields, contractType, note }: CorrectionSettingRow) {
  return { version, fields, contractType, note };
}
