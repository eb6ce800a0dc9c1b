import { type Uuid, aliasId } from '@throughline/canonical';
import type { AttributeStatement } from './attribute-history.js';
import type { LineageFinding } from './findings.js';

/** Attribute that mapping gives to a statement: what a page of it says, as a hash. Beside it stand `page` and `fileId`. */
export const PAGE_HASH = 'pageHash';
const FIRST_PAGE = '1';
/** Files of one finding that are named. */
const MOST_NAMED = 10;

/**
 * One finding per page of a statement that came in several files and does not say the same in all. Which of them holds, the bank
 * has to say: the facts of all are kept. `statements` are in order of time.
 */
export function differingContent(subjectId: Uuid, statements: readonly AttributeStatement[]): LineageFinding[] {
  const pages = new Map<string, Map<string, AttributeStatement>>();
  for (const statement of statements) {
    const { [PAGE_HASH]: hash, page } = statement.stated.attributes ?? {};
    if (hash === undefined) continue;
    const number = pageNumber(page);
    const contents = pages.get(number) ?? new Map<string, AttributeStatement>();
    pages.set(number, contents);
    if (!contents.has(hash)) contents.set(hash, statement);
  }
  return [...pages].flatMap(([page, contents]): LineageFinding[] => {
    const told = [...contents.values()];
    const second = told[1];
    if (second === undefined) return [];
    const details = {
      objectIds: told.flatMap(fileOf).slice(0, MOST_NAMED),
      activityIds: told.map(({ activityId }) => activityId).slice(0, MOST_NAMED),
      contents: told.length,
    };
    return [{ kind: 'differing-content', subjectId, about: `page ${page}`, details, since: second.occurredAt }];
  });
}

function pageNumber(page: string | undefined): string {
  return page?.replace(/^0+(?=\d)/, '') ?? FIRST_PAGE;
}

/** A file is known by its id alone, so that is its object. */
function fileOf({ stated }: AttributeStatement): Uuid[] {
  const value = stated.attributes?.['fileId'];
  return value === undefined ? [] : [aliasId('file', { system: 'throughline', kind: 'file-id', scope: '', value })];
}
