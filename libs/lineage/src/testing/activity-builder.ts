import {
  type Activity,
  type ActivityObject,
  type Alias,
  type Money,
  type ObjectType,
  activityId,
} from '@throughline/canonical';

/** An object of a test activity: "type key" with further names of the same object. */
export function named(type: ObjectType, ...values: [string, ...string[]]): ActivityObject {
  const aliasOf = (value: string): Alias => {
    const [system = '', kind = '', key = value] = value.includes('/') ? value.split('/') : ['erp', type, value];
    return { system, kind, scope: '', value: key };
  };
  const [first, ...others] = values;
  return { type, qualifier: 'subject', aliases: [aliasOf(first), ...others.map(aliasOf)] };
}

/** An object that is only referred to. */
export function reference(type: ObjectType, ...values: [string, ...string[]]): ActivityObject {
  return { ...named(type, ...values), qualifier: 'related' };
}

/** Everything of an activity that a test may want to say. */
export type ActivityDraft = {
  type: string;
  at: string;
  recordedAt?: string;
  objects: ActivityObject[];
  links?: [number, number][];
  amounts?: Money[];
  integration?: string;
  run?: string;
  problem?: Activity['problem'];
};

/** An activity; its id follows from what it says. */
export function activity(draft: ActivityDraft): Activity {
  const id = activityId(JSON.stringify(draft), 0);
  return {
    activityId: id,
    type: draft.type,
    occurredAt: draft.at,
    ...(draft.recordedAt !== undefined && { recordedAt: draft.recordedAt }),
    outcome: draft.problem === undefined ? 'success' : 'failure',
    system: 'erp',
    integration: draft.integration ?? '',
    objects: draft.objects,
    links: (draft.links ?? []).map(([from, to], index) => {
      const amount = draft.amounts?.[index];
      return { from, to, qualifier: 'follows', ...(amount && { amount }) };
    }),
    ...(draft.problem && { problem: draft.problem }),
    runKey: draft.run ?? id,
    signal: { kind: 'cloud-event', receivedOn: '2026-10-01', signalId: id },
    mapping: { name: 'test', version: 1, rule: 'test' },
  };
}

/** An instant of a test day. */
export function at(time: string): string {
  return `2026-10-01T${time}:00.000Z`;
}
