import { type Uuid, aliasId } from '@throughline/canonical';
import type { AttributeStatement } from './attribute-history.js';
import type { LineageFinding } from './findings.js';

/** Attribute that mapping gives to a statement: what a page of it says, as a hash. Beside it stand `page` and `fileId`. */
export const PAGE_HASH = 'pageHash';
const FIRST_PAGE = '1';
/** Files of one finding that are named. */
const MOST_NAMED = 10;

/** What one file says of a page, and where it says so first. */
type Content = { hashes: Set<string>; first: AttributeStatement };

/**
 * One finding per page of a statement that came in several files and does not say the same in all. Which of them holds, the bank
 * has to say: the facts of all are kept. A file may tell a page in parts, one for each currency: a file that says less than another,
 * of which not all may have been read yet, says nothing else. `statements` are in order of time.
 */
export function differingContent(subjectId: Uuid, statements: readonly AttributeStatement[]): LineageFinding[] {
  const pages = new Map<string, Map<string, Content>>();
  for (const statement of statements) {
    const { [PAGE_HASH]: hash, page, fileId } = statement.stated.attributes ?? {};
    if (hash === undefined) continue;
    const number = pageNumber(page);
    const files = pages.get(number) ?? new Map<string, Content>();
    pages.set(number, files);
    const file = fileId ?? statement.activityId;
    const content = files.get(file) ?? { hashes: new Set<string>(), first: statement };
    files.set(file, content);
    content.hashes.add(hash);
  }
  return [...pages].flatMap(([page, files]): LineageFinding[] => {
    const told = differing([...files.values()]).map(({ first }) => first);
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

/** Those that say what no other says whole; of equal ones the first. */
function differing(contents: readonly Content[]): Content[] {
  return contents.filter(
    ({ hashes }, index) =>
      !contents.some(
        (other, place) =>
          place !== index &&
          [...hashes].every((hash) => other.hashes.has(hash)) &&
          (other.hashes.size > hashes.size || place < index),
      ),
  );
}

function pageNumber(page: string | undefined): string {
  return page?.replace(/^0+(?=\d)/, '') ?? FIRST_PAGE;
}

/** A file is known by its id alone, so that is its object. */
function fileOf({ stated }: AttributeStatement): Uuid[] {
  const value = stated.attributes?.['fileId'];
  return value === undefined ? [] : [aliasId('file', { system: 'throughline', kind: 'file-id', scope: '', value })];
}
