import {
  type Activity,
  type ActivityLink,
  type ActivityObject,
  type ActivityProblem,
  type ObjectType,
  activityId,
} from '@throughline/canonical';

/** What a system says in a test, about objects under names such as "crm1", each of them a subject unless referred to. */
export type Said = {
  /** Its id and its signal. */
  id: string;
  by?: string;
  at?: string;
  type?: string;
  recordedOn?: string;
  objects: SaidObject[];
  /** From the first object to the second. */
  link?: Partial<ActivityLink> | true;
  problem?: ActivityProblem;
};

export type SaidObject = { type: ObjectType; names: string[] } & Partial<Omit<ActivityObject, 'type' | 'aliases'>>;

/** Kinds of key by the letters that a name begins with; a customer has one customer number in the ERP, and one in the books. */
const KINDS: Partial<Record<string, string>> = { crm: 'account-id', erp: 'customer-number', books: 'customer-number' };

/** The activity that says so much and no more. */
export function activityOf(said: Said): Activity {
  const { id, by = 'salesforce', at = '2026-10-01T09:00:00.000Z', type = 'customer.changed', link, problem } = said;
  return {
    activityId: activityId(id, 0),
    type,
    occurredAt: at,
    outcome: problem === undefined ? 'success' : 'failure',
    system: by,
    integration: problem === undefined ? '' : 'salesforce-contract-to-order',
    objects: said.objects.map(({ names, qualifier = 'subject', ...stated }) => {
      const [first, ...others] = names.map((value) => {
        const system = value.replace(/\d+$/, '');
        return { system, kind: KINDS[system] ?? 'number', scope: '', value };
      });
      if (first === undefined) throw new RangeError('an object of a test needs a name');
      return { ...stated, qualifier, aliases: [first, ...others] };
    }),
    links: link === undefined ? [] : [{ from: 0, to: 1, qualifier: 'follows', ...(link !== true && link) }],
    ...(problem && { problem }),
    runKey: id,
    signal: {
      kind: 'cloud-event',
      receivedOn: said.recordedOn ?? at.slice(0, 10),
      signalId: activityId(`signal of ${id}`, 0),
    },
    mapping: { name: 'test', version: 1, rule: 'test' },
  };
}
