/** Why an act on the catalog was not done, by nobody's fault. */
export type CatalogFailureCode = 'NOT_FOUND' | 'INVALID' | 'CONFLICT' | 'STALE_VERSION' | 'SAME_PERSON';

/** An expected outcome: `problems` name each place and its reason. */
export type CatalogFailure = { code: CatalogFailureCode; message: string; problems: string[] };

export function refuse(code: CatalogFailureCode, message: string, problems: readonly string[] = []): CatalogFailure {
  return { code, message, problems: [...problems] };
}

/** INVALID with every problem; undefined when there is none. */
export function invalidIf(problems: readonly string[], what: string): CatalogFailure | undefined {
  return problems.length === 0 ? undefined : refuse('INVALID', `${what} cannot be taken as it is`, problems);
}

export function isFailure(value: object): value is CatalogFailure {
  return 'code' in value && 'problems' in value;
}
