import { activityId } from '@throughline/canonical';
import type { AttributeStatement } from '../attribute-history.js';

/** What a test says of one object: who, when, what; received on the day on which it happened unless said otherwise. */
export type Said = {
  by?: string;
  on: string;
  says?: Record<string, string>;
  recordedOn?: string;
  inPassing?: boolean;
  type?: string;
  fails?: boolean;
};

/** The statements of one object; each its own activity. */
export function saidOfObject(said: readonly Said[]): AttributeStatement[] {
  return said.map(
    ({ by = 'erp', on, says = {}, recordedOn, inPassing = false, type = 'customer.changed', fails }, index) => ({
      activityId: activityId(`${index}/${on}`, 0),
      activityType: type,
      outcome: fails === true ? 'failure' : 'success',
      position: 0,
      occurredAt: `${on}T09:00:00.000Z`,
      recordedOn: recordedOn ?? on,
      system: by,
      isSubject: !inPassing,
      stated: { attributes: says },
    }),
  );
}
