import { type Activity, type ActivityObject, type Alias, type Money, parseLocalDate } from '@throughline/canonical';

/** Qualifiers that say that a payment came back. */
const TAKES_BACK: ReadonlySet<string> = new Set(['returns', 'charges-back']);
/** By which a return says its value date. */
const VALUE_DATE = 'valueDate';

/**
 * The names of a return by those of the payment that came back: with its amount and value date, since what was returned can be paid,
 * and returned, again. Whoever tells of a return and names the payment thus tells of one and the same: a bank in two formats, or
 * a bank and a processor that names the payment as the bank does. An EndToEndId alone is no name of a payment, so none of a return.
 */
export function returnNames(
  payment: readonly Alias[],
  amount: Money | undefined,
  valueOn: string | undefined,
): Alias[] {
  if (amount === undefined || valueOn === undefined || !parseLocalDate(valueOn).ok) return [];
  return payment.map(({ system, kind, scope, value }) => ({
    system,
    kind: `returned-${kind}`,
    scope,
    value: `${value}/${valueOn}/${amount.amount} ${amount.currency}`,
  }));
}

/** The activity with the names of its returns that follow from the payments which it says came back. */
export function nameReturns(activity: Activity): Activity {
  const taken = activity.links.filter(({ qualifier }) => TAKES_BACK.has(qualifier));
  if (taken.length === 0) return activity;
  const objects = activity.objects.map((object, position): ActivityObject => {
    if (object.type !== 'return') return object;
    const added = taken.flatMap(({ from, to, amount }) => {
      const payment = activity.objects[from];
      if (to !== position || payment?.type !== 'payment') return [];
      return returnNames(payment.aliases, object.amount ?? amount, object.attributes?.[VALUE_DATE]);
    });
    return added.length === 0 ? object : { ...object, aliases: [...object.aliases, ...added] };
  });
  return { ...activity, objects };
}
