import type { Operation } from '../../../graphql/operation.js';
import { loadMaintenance, type MaintenanceCover, type Waiting } from '../../catalog/index.js';
import type { Maintenance } from '../domain/clock-maintenance.js';
import { findSystemsAround } from './rest-systems.repository.js';
import { isRest, waitingOf } from './waiting.js';

/** Planned maintenance, read once for an operation; null = none. */
export async function maintenanceOf(operation: Operation): Promise<MaintenanceCover | null> {
  const loader = operation.loader<string, MaintenanceCover>('maintenance', async (tx, keys) => {
    const cover = await loadMaintenance(tx, operation.now());
    return keys.map(() => cover);
  });
  return loader.load('all');
}

/** What an exception waits for; a rest of money for the systems around it. */
export async function waitingFor(
  operation: Operation,
  cover: MaintenanceCover | null,
  exception: { objectId: string; hop: string; integration: string },
): Promise<Waiting> {
  if (cover === null || !isRest(exception)) return waitingOf(exception, new Map());
  const systems = await operation
    .loader<string, string[]>('systems around', findSystemsAround)
    .load(exception.objectId);
  return waitingOf(exception, new Map([[exception.objectId, systems ?? []]]));
}

/** When what an exception waits for was and is under maintenance, since a time. */
export function maintenanceSince(
  cover: MaintenanceCover | null,
  waiting: Waiting,
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
