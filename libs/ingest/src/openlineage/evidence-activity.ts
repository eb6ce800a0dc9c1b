import { createHash } from 'node:crypto';
import type { Activity, ActivityObject } from '@throughline/canonical';
import type { LineageName } from './lineage-event.js';
import { pathOf, type Assertion } from './lineage-facets.js';

/** The activity of one assertion, before its position in the signal is known. */
type EvidenceActivity = Pick<Activity, 'type' | 'occurredAt' | 'outcome' | 'objects' | 'links' | 'problem'> & {
  rule: string;
};

const LONGEST_KEY = 256;

/** What a failed assertion means, by the names that dbt and Great Expectations give them. */
const MEANINGS: readonly (readonly [words: readonly string[], taxonomy: string])[] = [
  [['not_null', 'no_null', 'not_be_null', 'missing'], 'data-quality.missing-field'],
  [['unique', 'duplicate'], 'data-quality.duplicate'],
  [['row_count', 'rowcount', 'record_count'], 'reconciliation.count-break'],
  [['sum', 'total', 'balance'], 'reconciliation.amount-break'],
  [['fresh', 'recent', 'recency'], 'timing-and-sequence.stale-data'],
];

/**
 * A data-quality assertion as control evidence: the same check of the same column of the same dataset is one object, so that
 * a later success ends what a failure began. A failure of severity `warn` is shown, and is none.
 */
export function evidenceActivity(
  assertion: Assertion,
  dataset: LineageName,
  occurredAt: string,
  system: string,
  related: readonly ActivityObject[],
): EvidenceActivity {
  const { assertion: check, column, name, isMet, severity, expected, actual } = assertion;
  const hasFailed = !isMet && severity === 'error';
  const shown = `${check}${column === undefined ? '' : ` of ${column}`}`;
  const attributes = {
    dataset: pathOf(dataset),
    assertion: check,
    ...(column !== undefined && { column }),
    ...(name !== undefined && { name }),
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    result: isMet ? 'passed' : severity === 'warn' ? 'warned' : 'failed',
  };
  const subject: ActivityObject = {
    type: 'control-evidence',
    qualifier: 'subject',
    aliases: [
      {
        system,
        kind: 'assertion',
        scope: bounded(pathOf(dataset)),
        value: bounded(keyOf(assertion)),
      },
    ],
    attributes,
  };
  return {
    rule: 'data-quality-assertion',
    type: hasFailed ? 'control-evidence.failed' : 'control-evidence.captured',
    occurredAt,
    outcome: hasFailed ? 'failure' : 'success',
    objects: [subject, ...related],
    links: [],
    ...(hasFailed && {
      problem: {
        taxonomy: meaningOf(check),
        discriminators: { assertion: check, ...(column !== undefined && { column }) },
        message: `${shown} failed on ${pathOf(dataset)}${expected === undefined ? '' : `: expected ${expected}, got ${actual ?? 'nothing'}`}`,
      },
    }),
  };
}

/** Column or table, check and name. */
function keyOf({ assertion, column, name }: Assertion): string {
  return [column === undefined ? 'table' : `column ${column}`, assertion, ...(name === undefined ? [] : [name])].join(
    ':',
  );
}

function meaningOf(check: string): string {
  const folded = check.toLowerCase();
  return MEANINGS.find(([words]) => words.some((word) => folded.includes(word)))?.[1] ?? 'data-quality.invalid-value';
}

function bounded(text: string): string {
  return text.length <= LONGEST_KEY ? text : createHash('sha256').update(text).digest('hex');
}
