import { describeTaxonomy, maskText } from '@throughline/canonical';
import { toMoney } from '../../graphql/money.type.js';
import type { Operation } from '../../graphql/operation.js';
import type { Viewer } from '../identity/index.js';
import { findExceptions } from './exceptions.repository.js';
import type { StoredException } from './domain/stored-exception.js';
import type { ExceptionType } from './graphql/exception.types.js';
import type { TaxonomyType } from './graphql/taxonomy.type.js';

/** An exception as this viewer may see it, read with others of the operation; null = there is none. */
export async function readException(operation: Operation, exceptionId: string): Promise<ExceptionType | null> {
  const row = await operation.loader<string, StoredException>('exception', findExceptions).load(exceptionId);
  return row && toException(row, operation.viewer);
}

/** Several, in the order of the ids; ids of none are left out. */
export async function readExceptions(operation: Operation, exceptionIds: readonly string[]): Promise<ExceptionType[]> {
  const found = await Promise.all(exceptionIds.map((id) => readException(operation, id)));
  return found.filter((exception) => exception !== null);
}

/** A row as the API shows it to this viewer: words of the source may carry account numbers. */
export function toException(row: StoredException, viewer: Viewer): ExceptionType {
  const { exceptionId, objectId, objectType, objectKey, amount, currency, ...rest } = row;
  const { state, resolution, title, legalEntity, counterparty, direction, occurrences, hop, version } = rest;
  return {
    id: exceptionId,
    state,
    resolution,
    title,
    message: visibleText(rest.message, viewer),
    taxonomy: rest.taxonomy,
    problem: toTaxonomy(rest.taxonomy),
    businessObject: { id: objectId, type: objectType, key: objectKey },
    legalEntity,
    counterparty,
    moneyAtRisk: toMoney(amount, currency),
    direction,
    openedAt: rest.openedAt,
    lastOccurredAt: rest.lastOccurredAt,
    resolvedAt: rest.resolvedAt,
    occurrences,
    hop,
    version,
    row,
  };
}

/** Text of a source with account numbers masked, unless the viewer may see them. */
export function visibleText(text: string, viewer: Viewer): string {
  return viewer.permissions.has('payload.unmask') ? text : maskText(text).value;
}

/** A code in words. */
export function toTaxonomy(code: string): TaxonomyType {
  const { category, title } = describeTaxonomy(code);
  return { code, category, title };
}
