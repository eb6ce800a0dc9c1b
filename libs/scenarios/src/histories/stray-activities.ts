import { type Activity, type ActivityObject, type Money, type ObjectType, activityId } from '@throughline/canonical';
import { type Workflow, decidingActivityTypes, statedAttributes } from '@throughline/lineage';

const STEPS: readonly (readonly [ObjectType, ObjectType])[] = [
  ['contract', 'sales-order'],
  ['sales-order', 'invoice'],
  ['invoice', 'payment'],
  ['payment', 'payment-batch'],
  ['payment-batch', 'payment-batch'],
  ['payment', 'bank-entry'],
  ['bank-entry', 'bank-statement'],
  ['bank-entry', 'cash-position'],
  ['bank-statement', 'cash-position'],
  ['customer', 'contract'],
];
const CONTEXT_STEPS: readonly (readonly [ObjectType, ObjectType])[] = [
  ['invoice', 'control-evidence'],
  ['contract', 'credit-exposure'],
  ['fx-exposure', 'bank-statement'],
];
/** What a workflow does not ask for, and money does. */
const REFUSALS = ['invoice.rejected', 'payment-batch.rejected', 'payment-batch.cancelled', 'payment-batch.sent'];
const VALUES = ['A', 'B', 'C', 'D', 'E'];
const REGIONS = ['north', 'south'];
const ATTRIBUTES = ['region', 'plant', 'constructor'];
const DATES = ['2026-10-01', '2026-09', 'soon'];

/**
 * Activities over few names, drawn from a stream of numbers: objects merge and share others, hubs gather, links cross,
 * runs fail. What no sane estate sends, so that nothing depends on what a sane one does.
 */
export function strayActivities(workflows: readonly Workflow[], count: number, random: () => number): Activity[] {
  const types = [...decidingActivityTypes(workflows), ...REFUSALS];
  const integrations = ['', ...workflows.flatMap((workflow) => [...workflow.provenBy.keys()])];
  const steps = stepsOf(workflows);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  // Few figures, so that the same ones are stated again, also in another text or currency.
  const moneyOf = (): Money => ({
    amount: `${Math.floor(random() * 3)}.${pick(['5', '50', '05'])}`,
    currency: pick(['EUR', 'EUR', 'EUR', 'USD']),
  });
  const stated = [...statedAttributes(workflows).values()].flat();
  const dates = () => (workflows.length === 1 ? {} : { [pick(stated)]: pick(DATES) });
  const objectOf = (type: ObjectType, isSubject: boolean): ActivityObject => {
    const values = random() < 0.3 ? [pick(VALUES), pick(VALUES)] : [pick(VALUES)];
    const [first, ...others] = values.map((value) => ({
      system: 'erp',
      kind: 'number',
      scope: '',
      value: `${value}1`,
    }));
    return {
      type,
      qualifier: isSubject ? 'subject' : 'related',
      aliases: [first!, ...others],
      ...(random() < 0.4 && { legalEntity: pick(['DE01', 'US01', 'XX99']) }),
      ...(random() < 0.4 && { amount: moneyOf() }),
      ...(random() < 0.3 && { counterparty: pick(['Adler', 'Bussard']) }),
      ...(random() < 0.2 && { direction: pick(['inflow' as const, 'outflow' as const]) }),
      ...(random() < 0.4 && {
        attributes: { [pick(ATTRIBUTES)]: pick(REGIONS), [pick(ATTRIBUTES)]: pick(REGIONS), ...dates() },
      }),
    };
  };
  // Customers under names that contradict one another, with terms that systems disagree about.
  const customer = (): ActivityObject => {
    const names = [
      { system: 'crm', kind: 'account-id', scope: '', value: `${pick(VALUES)}1` },
      { system: 'erp', kind: 'customer-number', scope: '', value: `${pick(VALUES)}1` },
    ];
    const [first, ...others] = random() < 0.6 ? names : [pick(names)];
    return {
      type: 'customer',
      qualifier: random() < 0.5 ? 'subject' : 'customer',
      aliases: [first!, ...others],
      ...(random() < 0.6 && { attributes: { paymentTerms: pick(['Z030', 'Z060']) } }),
      ...(random() < 0.05 && { attributes: { unusableAmount: '5' } }),
    };
  };
  return Array.from({ length: count }, (_, index): Activity => {
    const [from, to] = pick(steps);
    const isAboutLower = random() < 0.6;
    const subject = isAboutLower ? to : from;
    const own = types.filter((type) => type.startsWith(`${subject}.`));
    const id = activityId(`random:${index}:${random()}`, 0);
    const hasFailed = random() < 0.25;
    const minute = String(Math.floor(random() * 60)).padStart(2, '0');
    return {
      activityId: id,
      type: own.length > 0 && random() < 0.85 ? pick(own) : pick(types),
      occurredAt: `2026-10-01T09:${minute}:00.000Z`,
      // Few times are the same, and few of those are told apart by when they were recorded.
      ...(random() < 0.4 && { recordedAt: `2026-10-0${pick([1, 2])}T12:00:00.000Z` }),
      outcome: hasFailed ? 'failure' : 'success',
      system: pick(['erp', 'sap-s4hana', 'salesforce']),
      integration: pick(integrations),
      objects: [objectOf(from, !isAboutLower), objectOf(to, isAboutLower), ...(random() < 0.3 ? [customer()] : [])],
      links: Array.from({ length: pick([0, 1, 1, 2]) }, () => ({
        from: 0,
        to: 1,
        qualifier: pick(['follows', 'settles', 'settles', 'reverses']),
        ...(random() < 0.5 && { amount: moneyOf() }),
      })),
      runKey: random() < 0.5 ? id : pick(['run-1', 'run-2']),
      ...(hasFailed && {
        problem: { taxonomy: 'platform.connectivity', discriminators: { host: pick(['x', 'y']) }, message: id },
      }),
      signal: { kind: 'cloud-event', receivedOn: '2026-10-01', signalId: id },
      mapping: { name: 'test', version: 1, rule: 'test' },
    };
  });
}

/** Of one workflow the steps of an order; of several all that they follow, and what hangs on it as context. */
function stepsOf(workflows: readonly Workflow[]): readonly (readonly [ObjectType, ObjectType])[] {
  if (workflows.length === 1) return STEPS;
  const followed = workflows.flatMap(({ follows }) => [...follows].map((link) => link.split('>')));
  return [...(followed as [ObjectType, ObjectType][]), ...CONTEXT_STEPS, ...STEPS];
}
