import type { connected } from '@throughline/persistence/testing';

/** A connection of the owner. */
export type OwnerClient = Parameters<Parameters<typeof connected>[1]>[0];

export type LockedJob = { id: string; payload: unknown };

/** The rows of the job queue as its runner works on them, at a time that the test says. */
export class JobQueue {
  constructor(private readonly client: OwnerClient) {}

  /** Locks what is due, for one process. */
  async take(workerId: string, now: Date, most: number): Promise<LockedJob[]> {
    const { rows } = await this.client.query<LockedJob>(
      `update graphile_worker._private_jobs j set locked_at = $2, locked_by = $1, attempts = attempts + 1
       from (select id from graphile_worker._private_jobs where run_at <= $2 and locked_at is null
             order by run_at, id limit $3 for update skip locked) due
       where j.id = due.id returning j.id, j.payload`,
      [workerId, now, most],
    );
    return rows;
  }

  async done(job: LockedJob): Promise<void> {
    await this.client.query('delete from graphile_worker._private_jobs where id = $1', [job.id]);
  }

  /** What the others do when a process was silent for too long. */
  async release(workerId: string): Promise<void> {
    await this.client.query('select graphile_worker.force_unlock_workers(array[$1::text])', [workerId]);
  }

  /** When the next one is due; null = there is none. */
  async nextAt(): Promise<Date | null> {
    const { rows } = await this.client.query<{ at: Date | null }>(
      'select min(run_at) as at from graphile_worker._private_jobs where locked_at is null',
    );
    return rows[0]?.at ?? null;
  }
}
