import { NIL_UUID } from '@throughline/canonical';
import {
  compilePack,
  ExpressionFault,
  identifyRecords,
  PackError,
  payloadFormatOf,
  readPack,
  runPack,
  UnreadablePayload,
  type CompiledPack,
} from '@throughline/ingest';
import {
  invalidTrial,
  type BenchSignal,
  type PastedPayload,
  type RuleTrace,
  type TrialRequest,
  type TrialResult,
} from './bench-messages.js';

/** A definition ready to run, or what is wrong with it. */
export function compiledOrProblems(definition: string): { compiled: CompiledPack } | { problems: string[] } {
  try {
    return { compiled: compilePack(readPack(definition, 'definition')) };
  } catch (error) {
    if (error instanceof PackError) return { problems: [...error.problems] };
    throw error;
  }
}

/** Runs one signal or pasted payload through one definition and tells which rules were tried. */
export async function tryDefinition({ definition, input }: TrialRequest): Promise<TrialResult> {
  const ready = compiledOrProblems(definition);
  if ('problems' in ready) return invalidTrial(ready.problems);
  const { compiled } = ready;
  const { problems, bench } =
    'stored' in input ? { problems: [], bench: input.stored } : await firstRecord(compiled, input.pasted);
  const rules: RuleTrace[] = [];
  const mapped = await runPack(traced(compiled, rules), bench.signal, bench.reference);
  return {
    kind: 'trial',
    outcome: mapped.outcome,
    activities: mapped.outcome === 'mapped' ? mapped.activities : [],
    unmapped: mapped.outcome === 'unmapped' ? mapped.unmapped : null,
    ignoredBecause: mapped.outcome === 'ignored' ? mapped.reason : null,
    rule: (mapped.outcome === 'unmapped' ? mapped.unmapped.mapping?.rule : mapped.mapping.rule) || null,
    problems,
    rules,
  };
}

/** The same pack, its rules telling as they are tried. */
function traced(compiled: CompiledPack, traces: RuleTrace[]): CompiledPack {
  const tell = (rule: string, matched: boolean, error: string | null): void => {
    traces.push({ rule, matched, error });
  };
  const rules = compiled.rules.map((rule) => ({
    ...rule,
    takesType: (type: string): boolean => {
      const takes = rule.takesType(type);
      if (!takes || rule.when === undefined) tell(rule.name, takes, null);
      return takes;
    },
    when: rule.when && tracedCondition(rule.when, (matched, error) => tell(rule.name, matched, error)),
  }));
  return { ...compiled, rules };
}

function tracedCondition(
  when: NonNullable<CompiledPack['rules'][number]['when']>,
  tell: (matched: boolean, error: string | null) => void,
): typeof when {
  return {
    async evaluate(record, bindings) {
      try {
        const value = await when.evaluate(record, bindings);
        tell(value === true, null);
        return value;
      } catch (error) {
        tell(false, error instanceof Error ? error.message : 'failed');
        throw error;
      }
    },
  };
}

/** The pasted payload as the intake would store it: cut into its records, of which the first is tried. */
async function firstRecord(
  compiled: CompiledPack,
  pasted: PastedPayload,
): Promise<{ problems: string[]; bench: BenchSignal }> {
  const { body, contentType, sourceSystem, sourceKind, type } = pasted;
  const whole = { identity: '', type: 'unknown', occurredAt: null, body, contentType };
  const problems: string[] = [];
  let record: Omit<typeof whole, 'contentType' | 'occurredAt'> & {
    contentType: string | null;
    occurredAt: string | null;
  } = whole;
  try {
    const format = payloadFormatOf(contentType ?? undefined);
    const records = await identifyRecords(compiled, {
      body,
      ...(format !== undefined && { format }),
      source: { name: sourceSystem, kind: sourceKind },
      attributes: {},
    });
    if (records.length > 1) problems.push(`payload: holds ${records.length} records, the first one was tried`);
    if (records.length === 0) problems.push('payload: holds no record');
    record = records[0] ?? whole;
  } catch (error) {
    // what cannot be read is told by the mapping itself, with code and place
    if (error instanceof ExpressionFault) problems.push(`identity, type or occurredAt: ${error.message}`);
    else if (!(error instanceof UnreadablePayload)) throw error;
  }
  return {
    problems,
    bench: {
      signal: {
        kind: 'webhook',
        scopedKey: `wh:${sourceSystem}:${record.identity}`,
        sourceSystem,
        sourceKind,
        type: type ?? record.type,
        source: sourceSystem,
        externalId: record.identity,
        occurredAt: record.occurredAt,
        attributes: {},
        contentType: record.contentType,
        body: record.body,
      },
      reference: { kind: 'webhook', receivedOn: '1970-01-01', signalId: NIL_UUID },
    },
  };
}
