import { maskPayload, maskText } from '@throughline/canonical';
import { PackError, readPack, type CodeMappingFacts, type MappingPack } from '@throughline/ingest';
import { CodedError } from '../../../graphql/coded-error.js';
import { requireUuid } from '../../../graphql/identifier.js';
import type { Operation } from '../../../graphql/operation.js';
import {
  allAttributeNames,
  allCsvLayouts,
  countingMapping,
  findSourceSystems,
  namesOfKinds,
} from '../../catalog/index.js';
import { shownActivity } from '../domain/shown-activity.js';
import type {
  MappingComparisonInput,
  MappingComparisonType,
  MappingTrialInput,
  MappingTrialType,
} from '../graphql/mapping-bench.types.js';
import { readSignal } from '../signal-reader.js';
import {
  invalidComparison,
  invalidTrial,
  type ComparisonResult,
  type PastedPayload,
  type TrialRequest,
  type TrialResult,
} from './bench-messages.js';
import { findBenchSignal, findBenchSignals } from './bench-signals.repository.js';
import { BenchRunEnded, runInThread } from './bench-thread.js';
import { tryCodeMapping } from './try-code-mapping.js';

/** How long one run may take. */
const TRIAL_MS = 5_000;
const COMPARISON_MS = 30_000;
const MOST_SIGNALS = 500;
const LONGEST_DEFINITION = 200_000;

/** One signal or pasted payload through one definition. */
export async function tryMapping(operation: Operation, input: MappingTrialInput): Promise<MappingTrialType> {
  const tried = await triedMapping(operation, input);
  const result =
    'inCode' in tried
      ? await tryInCode(operation, tried.inCode, input)
      : await tryInThread(operation, tried.definition, input);
  const mayUnmask = operation.viewer.permissions.has('payload.unmask');
  const text = (value: string): string => (mayUnmask ? value : maskText(value).value);
  const { unmapped } = result;
  return {
    ...result,
    activities: result.activities.map((activity) => shownActivity(activity, mayUnmask)),
    unmapped:
      unmapped === null
        ? null
        : {
            code: unmapped.code,
            reason: text(unmapped.reason),
            place: unmapped.place ?? null,
            mapping: unmapped.mapping ?? null,
          },
    problems: result.problems.map(text),
    rules: result.rules.map((rule) => ({ ...rule, error: rule.error === null ? null : text(rule.error) })),
  };
}

/** A changed definition and the version in force over the newest stored signals that it takes. */
export async function compareMapping(
  operation: Operation,
  input: MappingComparisonInput,
): Promise<MappingComparisonType> {
  const limit = input.limit ?? 200;
  if (limit < 1 || limit > MOST_SIGNALS) {
    throw new CodedError('INVALID_INPUT', `limit must be a whole number from 1 to ${MOST_SIGNALS}`);
  }
  const read = readDefinition(requireDefinition(input.definition));
  if ('problems' in read) return { ...invalidComparison(read.problems), differences: [] };
  const { pack } = read;
  const inForce = await countingMapping(operation, pack.name);
  const tx = await operation.read();
  const names = await namesOfKinds(tx, pack.sourceKinds);
  const { sourceSystem } = input;
  const signals = await findBenchSignals(tx, {
    sourceSystems: typeof sourceSystem === 'string' ? names.filter((name) => name === sourceSystem) : names,
    eventPrefixes: typeof sourceSystem === 'string' ? [] : pack.eventTypes,
    from: input.receivedFrom ?? null,
    to: input.receivedTo ?? null,
    onlyUnmapped: input.onlyUnmapped === true,
    limit,
  });
  const before = inForce !== null && inForce.activeVersion > 0 ? inForce.definition : null;
  const request = { kind: 'comparison' as const, before, after: input.definition, signals };
  await operation.release();
  const result = await runInThread<ComparisonResult>(request, COMPARISON_MS).catch((error: unknown) => {
    if (error instanceof BenchRunEnded) return invalidComparison([`definition: ${error.message}`]);
    throw error;
  });
  return { ...result, differences: await shownDifferences(operation, result) };
}

async function shownDifferences(
  operation: Operation,
  { differences }: ComparisonResult,
): Promise<MappingComparisonType['differences']> {
  const mayUnmask = operation.viewer.permissions.has('payload.unmask');
  const shown = (value: unknown): unknown => (mayUnmask ? value : maskPayload(value).value);
  const signals = await Promise.all(differences.map(({ signalId }) => readSignal(operation, signalId)));
  return differences.flatMap(({ before, after }, position) => {
    const signal = signals[position];
    return signal ? [{ signal, before: shown(before), after: shown(after) }] : [];
  });
}

async function tryInThread(operation: Operation, definition: string, input: MappingTrialInput): Promise<TrialResult> {
  const request: TrialRequest = { kind: 'trial', definition, input: await trialInput(operation, input) };
  await operation.release();
  return runInThread<TrialResult>(request, TRIAL_MS).catch((error: unknown) => {
    if (error instanceof BenchRunEnded) return invalidTrial([`definition: ${error.message}`]);
    throw error;
  });
}

async function tryInCode(
  operation: Operation,
  inCode: CodeMappingFacts,
  input: MappingTrialInput,
): Promise<TrialResult> {
  const bench = await trialInput(operation, input);
  if (!('stored' in bench))
    throw new CodedError('INVALID_INPUT', 'A mapping of the program is tried on a received signal: give signalId');
  const tx = await operation.read();
  const own = { names: await allAttributeNames(tx), layouts: await allCsvLayouts(tx) };
  return tryCodeMapping(inCode, bench.stored, own);
}

/** What the input names: a definition, of a mapping too, or a mapping in code. */
async function triedMapping(
  operation: Operation,
  { definition, mapping }: MappingTrialInput,
): Promise<{ definition: string } | { inCode: CodeMappingFacts }> {
  if (typeof definition === 'string') return { definition: requireDefinition(definition) };
  if (typeof mapping !== 'string') throw new CodedError('INVALID_INPUT', 'input needs definition or mapping');
  const found = await countingMapping(operation, mapping);
  if (found === null) throw new CodedError('NOT_FOUND', 'There is no such mapping');
  return found.inCode === null ? { definition: found.definition } : { inCode: found.inCode };
}

async function trialInput(operation: Operation, input: MappingTrialInput): Promise<TrialRequest['input']> {
  const { signalId, payload, contentType, sourceSystem, type } = input;
  if (typeof signalId === 'string') {
    const signal = await readSignal(operation, requireUuid(signalId, 'input.signalId'));
    const stored = signal === null ? null : await findBenchSignal(await operation.read(), signal.id, signal.receivedOn);
    if (stored === null) throw new CodedError('NOT_FOUND', 'There is no such signal');
    return { stored };
  }
  if (typeof payload !== 'string') throw new CodedError('INVALID_INPUT', 'input needs signalId or payload');
  const name = sourceSystem ?? '';
  const [system] = name === '' ? [] : await findSourceSystems(await operation.read(), [name]);
  if (name !== '' && system === undefined) throw new CodedError('NOT_FOUND', 'There is no such source system');
  const pasted: PastedPayload = {
    body: Buffer.from(payload, 'utf8'),
    contentType: contentType ?? null,
    sourceSystem: name,
    sourceKind: system?.kind ?? '',
    type: type ?? null,
  };
  return { pasted };
}

function requireDefinition(definition: string): string {
  if (definition.length > LONGEST_DEFINITION) {
    throw new CodedError('INVALID_INPUT', `definition may have at most ${LONGEST_DEFINITION} characters`);
  }
  return definition;
}

function readDefinition(definition: string): { pack: MappingPack } | { problems: string[] } {
  try {
    return { pack: readPack(definition, 'definition') };
  } catch (error) {
    if (error instanceof PackError) return { problems: [...error.problems] };
    throw error;
  }
}
