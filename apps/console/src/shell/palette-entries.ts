import { formatMoney, type Money } from '../shared/format/money.js';
import { cutMiddle, plainWords } from '../shared/format/words.js';
import type { IconName } from '../shared/icons/icon.js';
import { objectHref, technicalHref, transactionHref } from '../shared/url.js';

export type PaletteEntry = {
  id: string;
  kind: 'object' | 'page' | 'action';
  icon: IconName;
  title: string;
  hint?: string;
  /** what of it matches, where that is not its own key */
  foundBy?: string;
  aside?: string;
  keys?: string;
  run: () => void;
};

type FoundObject = {
  id: string;
  type: string;
  key: string;
  legalEntity: string | null;
  counterparty: string | null;
  amount: Money | null;
  transactions: readonly { id: string }[];
  match?: Match;
};

type Match = { kind: 'KEY' | 'REFERENCE' | 'COUNTERPARTY'; value: string; name: string; system: string | null };

const REFERENCES: Readonly<Record<string, string>> = {
  endToEndId: 'EndToEndId',
  structuredReference: 'payment reference',
  remittance: 'remittance text',
};

/** A counterparty stands beside the key anyway; another key or a reference is said, or nobody sees why it was found. */
function foundBy({ key, match }: FoundObject): string | undefined {
  if (match === undefined || match.kind === 'COUNTERPARTY' || match.value === key) return undefined;
  const where = match.kind === 'KEY' ? match.system : (REFERENCES[match.name] ?? plainWords(match.name));
  return [cutMiddle(match.value, 24), where].filter(Boolean).join(' · ');
}

function hrefOf(object: FoundObject): string {
  const transaction = object.transactions[0];
  if (transaction) return transactionHref(transaction.id);
  return technicalHref(object) ?? objectHref(object.id);
}

/** Found objects lead to their transaction, or to their own page where they are in none. */
export function objectResults(found: readonly FoundObject[], go: (href: string) => void): PaletteEntry[] {
  return found.map((object) => {
    const facts = [object.counterparty, object.legalEntity, object.amount && formatMoney(object.amount)];
    const matched = foundBy(object);
    return {
      id: object.id,
      kind: 'object',
      icon: 'transactions',
      title: object.key,
      hint: plainWords(object.type),
      ...(matched !== undefined && { foundBy: matched }),
      aside: facts.filter(Boolean).join(' · '),
      run: () => go(hrefOf(object)),
    };
  });
}

/** Pages and actions whose words begin with what was typed. */
export function matchPages(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [...entries];
  return entries.filter((entry) =>
    entry.title
      .toLowerCase()
      .split(/\s+/)
      .some((word, index, words) => words.slice(index).join(' ').startsWith(wanted) || word.startsWith(wanted)),
  );
}
