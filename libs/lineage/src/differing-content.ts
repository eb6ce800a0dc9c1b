import { type Uuid, aliasId } from '@throughline/canonical';
import type { AttributeStatement } from './attribute-history.js';
import type { LineageFinding } from './findings.js';

/** Attribute that mapping gives to a statement: what a page of it says, as a hash. Beside it stand `page` and `fileId`. */
export const PAGE_HASH = 'pageHash';
/** Attribute of a statement by which the bank itself says which of what it sent holds. */
export const CORRECTION = 'correction';
const FIRST_PAGE = '1';
/** In which two contents may be seen to differ at first sight. */
const COMPARED = ['entries', 'openingBalance', 'closingBalance'] as const;
/** Files of one finding that are named. */
const MOST_NAMED = 10;

/** What one file says of a page, and where it says so first. */
type Content = { hashes: Set<string>; first: AttributeStatement };

/**
 * One finding per page of a statement that came in several files and does not say the same in all. Which of them holds, the bank
 * has to say, and may do so by a correction: the facts of all are kept. A file may tell a page in parts, one for each currency: a file that says less than another,
 * of which not all may have been read yet, says nothing else. `statements` are in order of time.
 */
export function differingContent(subjectId: Uuid, statements: readonly AttributeStatement[]): LineageFinding[] {
  const pages = new Map<string, Map<string, Content>>();
  const corrected = new Set<string>();
  for (const statement of statements) {
    const { [PAGE_HASH]: hash, [CORRECTION]: correction, page, part, fileId } = statement.stated.attributes ?? {};
    const about = part ?? `page ${pageNumber(page)}`;
    if (correction !== undefined) corrected.add(about);
    if (hash === undefined) continue;
    const files = pages.get(about) ?? new Map<string, Content>();
    pages.set(about, files);
    const file = fileId ?? statement.activityId;
    const content = files.get(file) ?? { hashes: new Set<string>(), first: statement };
    files.set(file, content);
    content.hashes.add(hash);
  }
  return [...pages].flatMap(([about, files]): LineageFinding[] => {
    if (corrected.has(about)) return [];
    const told = differing([...files.values()]).map(({ first }) => first);
    const [first, second] = told;
    if (first === undefined || second === undefined) return [];
    const details = {
      objectIds: told.flatMap(fileOf).slice(0, MOST_NAMED),
      activityIds: told.map(({ activityId }) => activityId).slice(0, MOST_NAMED),
      contents: told.length,
      differences: differencesOf(first, second),
    };
    return [{ kind: 'differing-content', subjectId, about, details, since: second.occurredAt }];
  });
}

/** What the first two of them say otherwise; nothing where only the entries differ. */
function differencesOf(first: AttributeStatement, second: AttributeStatement): string[][] {
  return COMPARED.flatMap((name) => {
    const [one, other] = [first, second].map(({ stated }) => stated.attributes?.[name] ?? '');
    return one === undefined || other === undefined || one === other ? [] : [[name, one, other]];
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
