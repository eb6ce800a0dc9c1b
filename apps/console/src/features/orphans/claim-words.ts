import { joinWords } from '../../shared/format/money.js';
import { plainWords } from '../../shared/format/words.js';
import type { Orphan } from './orphans-documents.js';

type Claim = Orphan['claims'][number];

/** What would bring it into a transaction, in words; `type` is the document's. */
export function claimWords({ kind, workflowTitle, fromTypes }: Claim, type: string): string {
  const own = plainWords(type);
  const from = joinWords(fromTypes.map(plainWords)).replace(/ and (?=[^,]*$)/, ' or ');
  const workflow = workflowTitle === null ? '' : ` (${workflowTitle})`;
  switch (kind) {
    case 'missing-link':
      return `A link from its ${from}${workflow}`;
    case 'upstream-unclaimed':
      return `A transaction for the ${from} that it follows from${workflow}`;
    case 'link-not-followed':
      return `A workflow that follows ${from} → ${own}`;
    case 'own-transaction-due':
      return `Its own transaction, about to be made${workflow}`;
    case 'map-signal':
      return 'A mapping that takes its signal';
    case 'name-object':
      return 'A business object, named by its sender';
    default:
      return `A workflow that begins with ${/^[aeiou]/.test(own) ? 'an' : 'a'} ${own} or follows a link to it`;
  }
}

/** All of them, the likeliest first. */
export function claimsWords({ claims, object }: Pick<Orphan, 'claims' | 'object'>): string {
  const [first = '', ...others] = claims.map((claim) => claimWords(claim, object?.type ?? 'document'));
  return [first, ...others.map((words) => words.charAt(0).toLowerCase() + words.slice(1))].join('; or ');
}

/** How many of these orphans each way would claim, the largest number first. */
export function countClaims(
  orphans: readonly Pick<Orphan, 'claims' | 'object'>[],
): { words: string; orphans: number }[] {
  const counted = new Map<string, number>();
  for (const orphan of orphans) {
    const words = claimsWords(orphan);
    counted.set(words, (counted.get(words) ?? 0) + 1);
  }
  return [...counted].map(([words, found]) => ({ words, orphans: found })).sort((a, b) => b.orphans - a.orphans);
}
