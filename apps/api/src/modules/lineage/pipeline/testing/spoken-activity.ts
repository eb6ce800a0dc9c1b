import { type Activity, type ActivityObject, type Money, type ObjectType, activityId } from '@throughline/canonical';

/** An object as `spoken` takes it: "invoice 1 2" is the invoice of the names 1 and 2. */
export type SpokenObject = string | ({ name: string } & Omit<ActivityObject, 'type' | 'qualifier' | 'aliases'>);

/** What an activity of a test says. */
export type Spoken = {
  /** Its id and its signal. */
  id: string;
  /** Time of a test day, such as "09:00". */
  at: string;
  /** The first is the subject, the others are spoken of in passing. */
  objects: readonly [SpokenObject, ...SpokenObject[]];
  /** From the second object to the first; true = without an amount. */
  link?: Money | true;
  /** Of the link; "bills" unless it is said. */
  qualifier?: string;
  /** "invoice.posted" unless it is said. */
  type?: string;
  outcome?: Activity['outcome'];
  copy?: string;
};

/** An activity that says so much and no more. */
export function spoken(said: Spoken): Activity {
  const { id, at, objects, link, qualifier = 'bills', type = 'invoice.posted', outcome = 'success', copy } = said;
  const signalId = activityId(`signal of ${id}`, 0);
  return {
    activityId: activityId(id, 0),
    type,
    occurredAt: `2026-10-01T${at}:00.000Z`,
    outcome,
    system: 'erp',
    integration: '',
    objects: objects.map((object, position) => objectOf(object, position === 0 ? 'subject' : 'related')),
    links: link === undefined ? [] : [{ from: 1, to: 0, qualifier, ...(link !== true && { amount: link }) }],
    runKey: id,
    signal: { kind: 'span', receivedOn: '2026-10-01', signalId, ...(copy !== undefined && { copy }) },
    mapping: { name: 'test', version: 1, rule: 'test' },
  };
}

function objectOf(object: SpokenObject, qualifier: string): ActivityObject {
  const { name, ...stated } = typeof object === 'string' ? { name: object } : object;
  const [type, ...values] = name.split(' ');
  const [first, ...others] = values.map((value) => ({ system: 'erp', kind: 'number', scope: '', value }));
  if (first === undefined) throw new RangeError(`${name} has no name`);
  return { type: type as ObjectType, qualifier, aliases: [first, ...others], ...stated };
}
