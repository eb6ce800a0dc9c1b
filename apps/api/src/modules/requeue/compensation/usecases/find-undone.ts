import type { Tx } from '@throughline/persistence';
import type { MadeDocument } from '../../domain/double-post.js';
import { findDocumentActs } from '../compensation-facts.repository.js';
import { standingOf } from '../domain/document-standing.js';

/** Which of these documents are none any more. */
export async function findUndone(tx: Tx, documents: readonly MadeDocument[]): Promise<ReadonlySet<string>> {
  if (documents.length === 0) return new Set();
  const acts = await findDocumentActs(tx, documents);
  const isUndone = (document: MadeDocument) =>
    standingOf(document, acts.get(document.objectId) ?? [], { seenAt: new Date(0) }).undone !== null;
  return new Set(documents.filter(isUndone).map(({ objectId }) => objectId));
}
