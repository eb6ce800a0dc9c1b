import { type Money, parseMoney, isNegative, isZero } from '@throughline/canonical';
import type { NamedObject, OwnStatement } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import { type CatalogAct, textProblems } from '../../catalog/index.js';
import {
  type StatedObject,
  type StatementFailure,
  identityProblem,
  isStatementFailure,
  linkOf,
  refuseStatement,
} from '../domain/statement-rules.js';
import { idOfStatement, lockStatements } from '../pipeline/statements/statement.repository.js';
import { findStatedObjects, findStatement, leadsTo } from '../statement.repository.js';
import { sayStatement } from './say-statement.js';

/** What a person states of two objects. */
export type LineageWish = {
  act: 'link' | 'identity';
  objectIds: [string, string];
  amount: { amount: string; currency: string } | null;
  reason: string;
};

/** Takes a statement about two objects: that one belongs to the other, or that they are one. */
export async function stateLineage(
  tx: Tx,
  act: CatalogAct,
  wish: LineageWish,
): Promise<{ statementId: string } | StatementFailure> {
  const reason = wish.reason.trim();
  const problems = textProblems('reason', wish.reason, { max: 1_000 });
  const amount = readAmount(wish, problems);
  if (problems.length > 0) return refuseStatement('INVALID', 'The statement cannot be taken as it is', problems);
  const [one, other] = await findStatedObjects(tx, wish.objectIds);
  if (!one || !other) return refuseStatement('NOT_FOUND', 'One of the objects is not known');
  const statement = wish.act === 'link' ? await linkStatement(tx, one, other, amount) : identityStatement(one, other);
  if (isStatementFailure(statement)) return statement;
  await lockStatements(tx);
  const last = await findStatement(tx, idOfStatement(statement));
  if (last !== null && !last.isWithdrawal && isSameAmount(last.statement.amount, statement.amount))
    return refuseStatement('ALREADY_STATED', 'That is stated already');
  return sayStatement(tx, act, { statement, isWithdrawal: false, reason, after: last?.statedAt ?? null });
}

async function linkStatement(
  tx: Tx,
  one: StatedObject,
  other: StatedObject,
  amount: Money | null,
): Promise<OwnStatement | StatementFailure> {
  const link = linkOf(one, other, amount);
  if (isStatementFailure(link)) return link;
  const { from, to, qualifier } = link;
  if (await leadsTo(tx, to.id, from.id)) {
    const [upper, lower] = [`${to.type} ${to.key}`, `${from.type} ${from.key}`];
    return refuseStatement('CONTRADICTS_RECORD', `The systems say that ${lower} follows from ${upper}`);
  }
  return { act: 'link', objects: [nameOf(from), nameOf(to)], qualifier, ...(amount !== null && { amount }) };
}

function identityStatement(one: StatedObject, other: StatedObject): OwnStatement | StatementFailure {
  return identityProblem(one, other) ?? { act: 'identity', objects: [nameOf(one), nameOf(other)] };
}

/** By its lowest name, which is the one that its id comes from: a statement outlives a merge of its objects. */
function nameOf({ type, names, key }: StatedObject): NamedObject {
  const [lowest] = names;
  if (lowest === undefined) throw new RangeError(`the ${type} ${key} has no name`);
  return { type, ...lowest };
}

function readAmount({ act, amount }: LineageWish, problems: string[]): Money | null {
  if (amount === null) return null;
  if (act !== 'link') problems.push('amount: only a link has one');
  const money = parseMoney(amount.amount, amount.currency);
  if (!money.ok) {
    problems.push(`amount: ${money.reasons.join('; ')}`);
    return null;
  }
  if (isNegative(money.value) || isZero(money.value)) problems.push('amount: must be more than zero');
  return money.value;
}

function isSameAmount(left: Money | undefined, right: Money | undefined): boolean {
  return left?.amount === right?.amount && left?.currency === right?.currency;
}
