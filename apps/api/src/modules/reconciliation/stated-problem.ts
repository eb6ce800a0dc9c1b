import {
  aliasId,
  isTaxonomyCode,
  problemSignature,
  type Alias,
  type Money,
  type ObjectType,
} from '@throughline/canonical';

/**
 * What a statement is about. A business object by its id, or by a name under which it may become known later (a file that has
 * not come, a period, a data set of an integration): both are one exception once the name turns out to be the object's.
 */
export type StatedSubject = {
  subjectId: string;
  type: ObjectType;
  /** As people call it. */
  key: string;
};

/** One thing that is late, missing or not in agreement, as the engine that looked knows it now. */
export type StatedProblem = {
  subject: StatedSubject;
  /** The check that found it, stable over time, e.g. "freshness/bank-balances". */
  hop: string;
  /** Code of the taxonomy. */
  taxonomy: string;
  /** What makes it another problem than the next of its kind; never a message, an amount or a time. */
  discriminators: Readonly<Record<string, string>>;
  /** What is wrong without its subject; null = made from taxonomy and discriminators. */
  headline: string | null;
  message: string;
  /** What is at risk; null = none is known. Its direction is the subject's own where the subject is known. */
  amount: Money | null;
  direction: 'inflow' | 'outflow' | null;
  legalEntity: string | null;
  counterparty: string | null;
  /** How often it was found to have happened again; 1 = once. */
  occurrences: number;
  /** Since when, and when last; from facts, not from the clock of the engine, which would say each time that it happened again. */
  since: Date;
  lastOccurredAt: Date;
};

/** Everything that one engine finds in what it looked at as a whole. */
export type Statement = { scope: string; problems: readonly StatedProblem[] };

/** A subject known by a name. */
export function subjectNamed(type: ObjectType, alias: Alias): StatedSubject {
  return { subjectId: aliasId(type, alias), type, key: alias.value };
}

const NAME = /^[a-z0-9]+(?:[-/.:][a-z0-9]+)*$/i;
const LONGEST = 200;

/** What is wrong with statements, each in a sentence; empty = nothing. */
export function faultsOfStatements(engine: string, statements: readonly Statement[]): string[] {
  const faults: string[] = [];
  if (!isName(engine)) faults.push(`"${engine}" is no name of an engine`);
  const scopes = new Set<string>();
  for (const { scope, problems } of statements) {
    if (!isName(scope)) faults.push(`"${scope}" is no name of a scope`);
    if (scopes.has(scope)) faults.push(`scope ${scope} is there twice`);
    scopes.add(scope);
    const identities = new Set<string>();
    for (const problem of problems) {
      const said = `${scope}, ${problem.subject.type} ${problem.subject.key}`;
      if (!isName(problem.hop)) faults.push(`${said}: "${problem.hop}" is no name of a check`);
      if (!isTaxonomyCode(problem.taxonomy)) faults.push(`${said}: ${problem.taxonomy} is no kind of problem`);
      if (problem.lastOccurredAt < problem.since) faults.push(`${said}: it last happened before it first did`);
      if (problem.occurrences < 1) faults.push(`${said}: it happened less than once`);
      const identity = identityOf(problem);
      if (identities.has(identity)) faults.push(`${said}: the same problem is stated twice`);
      identities.add(identity);
    }
  }
  return faults;
}

function isName(text: string): boolean {
  return text.length <= LONGEST && NAME.test(text);
}

function identityOf({ subject, hop, taxonomy, discriminators }: StatedProblem): string {
  return JSON.stringify([subject.subjectId, hop, problemSignature(taxonomy, discriminators)]);
}
