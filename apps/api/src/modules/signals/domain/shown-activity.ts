import {
  aliasId,
  maskAccountNumber,
  maskText,
  type Activity,
  type ActivityObject,
  type Alias,
  type Money,
} from '@throughline/canonical';
import { toMoney, type MoneyType } from '../../../graphql/money.type.js';
import type { SignalActivityObjectType, SignalActivityType } from '../graphql/signal-activity.types.js';

/** Kinds of keys that are account numbers. */
const ACCOUNT_KINDS: ReadonlySet<string> = new Set(['iban', 'bban', 'account-number', 'account-id']);

/** What an activity shows of itself; instants may be text or Date. */
export type ShownActivitySource = Pick<
  Activity,
  'activityId' | 'type' | 'outcome' | 'system' | 'integration' | 'objects' | 'links' | 'mapping'
> & { occurredAt: string | Date; problem?: { taxonomy: string; message: string; field?: string } | null };

/** An activity as people see it: bank accounts are masked for all who may not see them whole. */
export function shownActivity(activity: ShownActivitySource, mayUnmask: boolean): SignalActivityType {
  const text = (value: string): string => (mayUnmask ? value : maskText(value).value);
  const { problem } = activity;
  return {
    id: activity.activityId,
    type: activity.type,
    occurredAt: activity.occurredAt,
    outcome: activity.outcome,
    system: activity.system,
    integration: activity.integration,
    objects: activity.objects.map((object) => shownObject(object, text, mayUnmask)),
    links: activity.links.map(({ from, to, qualifier, amount }) => ({ from, to, qualifier, amount: moneyOf(amount) })),
    problem:
      problem === undefined || problem === null
        ? null
        : { taxonomy: problem.taxonomy, message: text(problem.message), field: problem.field ?? null },
    mapping: activity.mapping,
  };
}

function shownObject(
  object: ActivityObject,
  text: (value: string) => string,
  mayUnmask: boolean,
): SignalActivityObjectType {
  const { type, qualifier, aliases, legalEntity, counterparty, amount, direction } = object;
  const key = (alias: Alias): Alias => ({
    ...alias,
    scope: text(alias.scope),
    value: !mayUnmask && isAccount(type, alias) ? maskAccountNumber(alias.value) : text(alias.value),
  });
  return {
    type,
    qualifier,
    keys: aliases.map(key),
    legalEntity: legalEntity ?? null,
    counterparty: counterparty === undefined ? null : text(counterparty),
    amount: moneyOf(amount),
    direction: direction ?? null,
    aliasId: aliasId(type, aliases[0]),
  };
}

function isAccount(type: string, { kind }: Alias): boolean {
  return type === 'bank-account' && ACCOUNT_KINDS.has(kind);
}

function moneyOf(amount: Money | undefined): MoneyType | null {
  return amount === undefined ? null : toMoney(amount.amount, amount.currency);
}
