import type { ObjectType } from '@throughline/canonical';
import type { Workflow } from './workflow.js';

/** Why no transaction has an object, by what would give it one. */
export type MissingClaim =
  /** No workflow begins with its type or follows a link to it. */
  | { kind: 'no-workflow' }
  /** The workflow follows links from these types to it; none is stated. */
  | { kind: 'missing-link'; workflow: string; fromTypes: readonly ObjectType[] }
  /** Such a link is stated, and what it comes from is itself in no transaction. */
  | { kind: 'upstream-unclaimed'; workflow: string; fromTypes: readonly ObjectType[] }
  /** A link from these types is stated that no workflow follows. */
  | { kind: 'link-not-followed'; fromTypes: readonly ObjectType[] }
  /** The workflow begins with its type: its transaction is about to be made. */
  | { kind: 'own-transaction-due'; workflow: string };

/**
 * What would claim an object that is in no transaction. `upstream` are the types that stated flow links to it come from.
 * Never empty; in the order of the workflows.
 */
export function missingClaims(
  type: ObjectType,
  upstream: ReadonlySet<ObjectType>,
  workflows: readonly Workflow[],
): MissingClaim[] {
  const followed = new Set<ObjectType>();
  const claims = workflows.flatMap(({ name: workflow, anchor, follows }): MissingClaim[] => {
    const fromTypes = fromTypesOf(follows, type);
    for (const from of fromTypes) followed.add(from);
    const stated = fromTypes.filter((from) => upstream.has(from));
    return [
      ...(anchor === type ? [{ kind: 'own-transaction-due', workflow } as const] : []),
      ...(fromTypes.length === 0
        ? []
        : stated.length > 0
          ? [{ kind: 'upstream-unclaimed', workflow, fromTypes: stated } as const]
          : [{ kind: 'missing-link', workflow, fromTypes } as const]),
    ];
  });
  const notFollowed = [...upstream].filter((from) => !followed.has(from)).sort();
  const all: MissingClaim[] =
    notFollowed.length === 0 ? claims : [...claims, { kind: 'link-not-followed', fromTypes: notFollowed }];
  return all.length === 0 ? [{ kind: 'no-workflow' }] : all;
}

function fromTypesOf(follows: ReadonlySet<string>, type: ObjectType): ObjectType[] {
  return [...follows].flatMap((link) => {
    const [from, to] = link.split('>') as [ObjectType, ObjectType];
    return to === type ? [from] : [];
  });
}
