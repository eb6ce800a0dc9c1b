import { isDeepStrictEqual } from 'node:util';
import { runPack, type CompiledPack, type MappedSignal } from '@throughline/ingest';
import {
  invalidComparison,
  type BenchSignal,
  type ComparedOutcome,
  type ComparisonRequest,
  type ComparisonResult,
} from './bench-messages.js';
import { compiledOrProblems } from './try-definition.js';

/** Most differences that are told one by one; all are counted. */
export const MOST_DIFFERENCES = 100;

/** Runs stored signals through the definition in force and a changed one, and tells what would be otherwise. */
export async function compareDefinitions({ before, after, signals }: ComparisonRequest): Promise<ComparisonResult> {
  const changed = compiledOrProblems(after);
  if ('problems' in changed) return invalidComparison(changed.problems);
  const inForce = before === null ? null : compiledOrProblems(before);
  if (inForce !== null && 'problems' in inForce)
    return invalidComparison(inForce.problems.map((problem) => `the version in force: ${problem}`));
  const result = { ...invalidComparison([]), compared: signals.length };
  for (const bench of signals) {
    const was = await outcomeOf(inForce?.compiled ?? null, bench);
    const is = await outcomeOf(changed.compiled, bench);
    if (isDeepStrictEqual(was, is)) {
      result.same += 1;
      continue;
    }
    if (was.outcome === 'unmapped' && is.outcome !== 'unmapped') result.newlyMapped += 1;
    else if (was.outcome !== 'unmapped' && is.outcome === 'unmapped') result.newlyUnmapped += 1;
    else result.changed += 1;
    if (result.differences.length < MOST_DIFFERENCES)
      result.differences.push({ signalId: bench.reference.signalId, before: was, after: is });
  }
  return result;
}

async function outcomeOf(compiled: CompiledPack | null, bench: BenchSignal): Promise<ComparedOutcome> {
  if (compiled === null) return { outcome: 'unmapped', reason: 'no version of this mapping is in force' };
  return comparable(await runPack(compiled, bench.signal, bench.reference));
}

function comparable(mapped: MappedSignal): ComparedOutcome {
  if (mapped.outcome === 'ignored') return { outcome: 'ignored', reason: mapped.reason };
  if (mapped.outcome === 'unmapped') {
    const { code, reason, place } = mapped.unmapped;
    // which version says so is no difference
    const told = code === 'no-rule' ? 'no rule takes it' : reason;
    return { outcome: 'unmapped', reason: `${code}: ${told}`, ...(place !== undefined && { place }) };
  }
  const activities = mapped.activities.map(({ activityId: _id, signal: _signal, mapping: _mapping, ...told }) => told);
  return { outcome: 'mapped', activities };
}
