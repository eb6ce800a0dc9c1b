import {
  AttributeNames,
  codeMappingOf,
  CsvLayouts,
  fileMapping,
  logMapping,
  mapOpenLineage,
  mapSignal,
  MappingRegistry,
  type CodeMappingFacts,
  type DeclaredCsvLayout,
  type MappedSignal,
} from '@throughline/ingest';
import type { BenchSignal, TrialResult } from './bench-messages.js';

/** What the tenant has told the mappings in code. */
type Own = { names: ConstructorParameters<typeof AttributeNames>[0]; layouts: readonly DeclaredCsvLayout[] };

const NO_PACKS = new MappingRegistry([]);

/** Runs one signal through a mapping in code: nobody wrote it here, so that it needs no thread of its own. */
export async function tryCodeMapping(
  { name }: CodeMappingFacts,
  { signal, reference }: BenchSignal,
  { names, layouts }: Own,
): Promise<TrialResult> {
  const byKind = {
    log: logMapping(new AttributeNames(names)),
    openlineage: mapOpenLineage,
    'file-record': fileMapping(new CsvLayouts(layouts)),
  };
  const mapped: MappedSignal =
    codeMappingOf(signal)?.name === name
      ? await mapSignal(signal, reference, { registry: NO_PACKS, byKind })
      : { outcome: 'unmapped', unmapped: { code: 'no-mapping', reason: `${name} does not read signals of this kind` } };
  const used = mapped.outcome === 'unmapped' ? mapped.unmapped.mapping : mapped.mapping;
  const rule = used === undefined ? null : used.rule || 'code';
  return {
    kind: 'trial',
    outcome: mapped.outcome,
    activities: mapped.outcome === 'mapped' ? mapped.activities : [],
    unmapped: mapped.outcome === 'unmapped' ? mapped.unmapped : null,
    ignoredBecause: mapped.outcome === 'ignored' ? mapped.reason : null,
    rule,
    problems: [],
    rules: rule === null ? [] : [{ rule, matched: true, error: null }],
  };
}
