import { Refusal } from './refusal.js';

const GRPC_TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const MS_A_UNIT: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

/**
 * Until when a sender waits, by the header `grpc-timeout` of a call that began at `startedAt` (both as performance.now()
 * has it). Undefined = for ever, which is also what a header that cannot be read means.
 */
export function grpcDeadline(header: string | string[] | undefined, startedAt: number): number | undefined {
  const [, count, unit] = (typeof header === 'string' ? GRPC_TIMEOUT.exec(header.trim()) : null) ?? [];
  return unit === undefined ? undefined : startedAt + Number(count) * MS_A_UNIT[unit]!;
}

/** Throws a Refusal when the sender waits no longer. Not to be asked once something is being stored: that completes. */
export function demandInTime({ deadline }: { deadline?: number | undefined }): void {
  if (deadline !== undefined && performance.now() >= deadline)
    throw new Refusal('too-late', 'the deadline of the call (grpc-timeout) passed before it was stored; send it again');
}
