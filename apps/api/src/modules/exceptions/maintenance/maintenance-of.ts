import type { Operation } from '../../../graphql/operation.js';
import { loadMaintenance, type MaintenanceCover } from '../../catalog/index.js';
import type { Maintenance } from '../domain/clock-maintenance.js';

/** Planned maintenance, read once for an operation; null = none. */
export async function maintenanceOf(operation: Operation): Promise<MaintenanceCover | null> {
  const loader = operation.loader<string, MaintenanceCover>('maintenance', async (tx, keys) => {
    const cover = await loadMaintenance(tx, operation.now());
    return keys.map(() => cover);
  });
  return loader.load('all');
}

/** When what an exception waits for was and is under maintenance, since a time. */
export function maintenanceSince(
  cover: MaintenanceCover | null,
  waiting: { integration: string; hop: string },
  { from, now }: { from: Date; now: Date },
): Maintenance[] {
  if (cover === null) return [];
  return cover
    .timesOf(waiting, { from: from.getTime(), to: now.getTime() + 1 })
    .map(({ window, from: begins, to }) => ({
      from: begins,
      to,
      reason: window.reason,
      byName: window.plannedByName,
    }));
}
