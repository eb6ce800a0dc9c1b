import { type Alias, type Money, type ObjectType, compareMoney } from '@throughline/canonical';
import { canBeJoined, flowBetween } from '@throughline/lineage';

/** Why a statement about lineage was not taken, by nobody's fault. */
export type StatementFailureCode =
  | 'NOT_FOUND'
  | 'INVALID'
  | 'SAME_OBJECT'
  | 'CANNOT_BE_LINKED'
  | 'CANNOT_BE_JOINED'
  | 'CONTRADICTS_RECORD'
  | 'ALREADY_STATED'
  | 'ALREADY_WITHDRAWN';

/** An expected outcome; `problems` name each place and its reason. */
export type StatementFailure = { code: StatementFailureCode; message: string; problems: string[] };

/** An object as far as a statement about it has to be checked. */
export type StatedObject = {
  id: string;
  type: ObjectType;
  key: string;
  amount: Money | null;
  names: readonly Alias[];
};

/** A link in the direction of the flow. */
export type StatedLink = { from: StatedObject; to: StatedObject; qualifier: string };

export function refuseStatement(
  code: StatementFailureCode,
  message: string,
  problems: readonly string[] = [],
): StatementFailure {
  return { code, message, problems: [...problems] };
}

export function isStatementFailure(value: object): value is StatementFailure {
  return 'code' in value && 'problems' in value;
}

/**
 * How two objects would be linked, whichever was named first. `isReversed`: the systems link them the other way round already,
 * directly or over others.
 */
export function linkOf(one: StatedObject, other: StatedObject, amount: Money | null): StatedLink | StatementFailure {
  if (one.id === other.id) return refuseStatement('SAME_OBJECT', 'An object cannot belong to itself');
  const rule = flowBetween(one.type, other.type);
  if (rule === null)
    return refuseStatement('CANNOT_BE_LINKED', `No flow leads between a ${one.type} and a ${other.type}`);
  const [from, to] = rule.from === one.type ? [one, other] : [other, one];
  const tooSmall = amount === null ? undefined : [from, to].find((end) => isMore(amount, end.amount));
  if (tooSmall !== undefined && amount !== null) {
    const { type, key, amount: whole } = tooSmall;
    return refuseStatement(
      'CONTRADICTS_RECORD',
      `${amount.amount} ${amount.currency} is more than the ${whole?.amount} ${whole?.currency} of ${type} ${key}`,
    );
  }
  return { from, to, qualifier: rule.qualifier };
}

/** Why two objects cannot be one; undefined when they can. */
export function identityProblem(one: StatedObject, other: StatedObject): StatementFailure | undefined {
  if (one.id === other.id) return refuseStatement('SAME_OBJECT', 'They are one object already');
  if (one.type !== other.type || !canBeJoined(one.type))
    return refuseStatement('CANNOT_BE_JOINED', `A ${one.type} and a ${other.type} cannot be one object`);
  for (const name of one.names) {
    const differing = other.names.find((each) => isOfOneSeries(name, each) && each.value !== name.value);
    if (differing === undefined) continue;
    return refuseStatement(
      'CONTRADICTS_RECORD',
      `${name.system} keeps two: ${name.kind} ${name.value} and ${differing.value}`,
    );
  }
  return undefined;
}

/** A system of record gives an object one number of a kind within a scope. */
function isOfOneSeries(left: Alias, right: Alias): boolean {
  return left.system === right.system && left.kind === right.kind && left.scope === right.scope;
}

function isMore(amount: Money, whole: Money | null): boolean {
  return whole !== null && whole.currency === amount.currency && compareMoney(amount, whole) > 0;
}
