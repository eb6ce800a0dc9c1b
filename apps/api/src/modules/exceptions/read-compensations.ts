import type { Operation } from '../../graphql/operation.js';
import { listCompensationSettings, type CompensationSettingRow } from '../catalog/index.js';
import { offeredCompensations } from './domain/offered-compensations.js';
import type { StoredException } from './domain/stored-exception.js';

/** What can be undone or told at an exception; what is declared is read once for all exceptions of an answer. */
export async function compensationsOffered(
  operation: Operation,
  row: StoredException,
): Promise<ReturnType<typeof offeredCompensations>> {
  const loader = operation.loader<string, CompensationSettingRow[]>('declared compensations', async (tx, keys) => {
    const settings = await listCompensationSettings(tx);
    return keys.map(() => settings);
  });
  return offeredCompensations((await loader.load('all')) ?? [], row);
}
