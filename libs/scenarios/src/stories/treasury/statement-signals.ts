import type { FinanceEventKey, FinanceEventObject, Money } from '@throughline/canonical';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent, runNamed, traceOfRun } from '../../wire-forms.js';
import type { BankAccount } from './bank-accounts.js';

/** Integrations that a statement goes through. */
export const STATEMENT_HOP = {
  intake: 'bank-statement-intake',
  balance: 'statement-balance-check',
  position: 'statement-to-cash-position',
  exposure: 'statement-to-fx-exposure',
  forecast: 'statement-to-cash-forecast',
  matching: 'statement-matching',
} as const;

/** The statement of an account for a day, as Kyriba knows it: from when it is expected on. */
export type ExpectedStatement = { account: BankAccount; closingDate: string };

/** The same once the file is there: Kyriba has read how the bank numbers it, and its closing balance. */
export type ReadStatement = ExpectedStatement & { bankKey: FinanceEventKey; closing: string };

/** Name by which people know a statement of an account that Kyriba keeps. */
export function expectedKey({ account, closingDate }: ExpectedStatement): string {
  return `${account.code}/${closingDate}`;
}

/** How a bank numbers a statement in camt.053. */
export function camtKey(account: BankAccount, id: string, year: string, sequence: number): FinanceEventKey {
  return { system: 'bank', kind: 'statement-id', scope: `${account.number}/${year}/${sequence}`, value: id };
}

/** How a statement is known that has a number (MT940) or none (BAI2) and a closing date. */
export function plainKey(account: BankAccount, closingDate: string, number?: string): FinanceEventKey {
  const value = [number, closingDate].filter((part) => part !== undefined).join(' ');
  return { system: 'bank', kind: 'statement-id', scope: `${account.number}/${closingDate.slice(0, 4)}`, value };
}

/** Kyriba: at the end of the day it knows of which accounts a statement is to come. */
export function statementExpected(statement: ExpectedStatement, at: string): ScenarioSignal {
  return said('bank-statement.expected', STATEMENT_HOP.intake, statement, at, {
    ...statementObject(statement),
    attributes: { closingDate: statement.closingDate, currency: statement.account.currency },
  });
}

/** Kyriba: the channel of the bank gave no answer. The trace of the run, and what Kyriba says of the statement. */
export function fetchFailed(statement: ExpectedStatement, at: string, host: string): ScenarioSignal[] {
  const run = runNamed(`fetch ${expectedKey(statement)} ${at}`);
  const message = `No connection to ${host} after 3 attempts`;
  const discriminators = { channel: host };
  const endedAt = new Date(Date.parse(at) + 90_000).toISOString();
  return [
    traceOfRun(run, 'kyriba', [
      {
        name: 'root',
        startedAt: at,
        endedAt,
        error: message,
        attributes: {
          'finance.integration.name': STATEMENT_HOP.intake,
          'finance.object.type': 'bank-statement',
          'finance.object.key.kind': 'statement',
          'finance.object.key.scope': statement.account.code,
          'finance.object.key.value': expectedKey(statement),
          'finance.problem.code': 'platform.connectivity',
          'finance.problem.message': message,
          'finance.problem.discriminator.channel': host,
        },
      },
      { name: 'sftp get', parent: 'root', startedAt: at, endedAt, attributes: {}, error: 'connect ETIMEDOUT' },
    ]),
    financeEvent(
      'bank-statement.fetch-failed',
      `${expectedKey(statement)}:${at}`,
      endedAt,
      {
        system: 'kyriba',
        integration: STATEMENT_HOP.intake,
        outcome: 'failure',
        objects: [statementObject(statement), accountObject(statement.account)],
        problem: { code: 'platform.connectivity', discriminators, message },
      },
      run,
    ),
  ];
}

/** Kyriba: opening balance and entries give the closing balance, and the opening balance is the last closing one. */
export function balanceChecked(statement: ReadStatement, at: string): ScenarioSignal {
  return said('bank-statement.balance-checked', STATEMENT_HOP.balance, statement, at, readObject(statement));
}

/** Kyriba: the statement does not follow the last one. */
export function statementGapFound(statement: ReadStatement, at: string, missing: string): ScenarioSignal {
  const { account } = statement;
  return financeEvent('bank-statement.balance-check-failed', `${expectedKey(statement)}:${at}`, at, {
    system: 'kyriba',
    integration: STATEMENT_HOP.balance,
    outcome: 'failure',
    objects: [readObject(statement), accountObject(account)],
    problem: {
      code: 'cash-and-payment.statement-gap',
      discriminators: { account: account.code },
      message: `Statement ${missing} of ${account.code} is missing: the opening balance is not the last closing balance`,
    },
  });
}

/** Kyriba: the booked position of the day was refreshed with the statement. */
export function positionRefreshed(statement: ReadStatement, at: string): ScenarioSignal {
  return financeEvent('cash-position.updated', `${expectedKey(statement)}:position`, at, {
    system: 'kyriba',
    integration: STATEMENT_HOP.position,
    objects: [positionObject(statement), readObject(statement), accountObject(statement.account)],
    links: [{ from: 1, to: 0, qualifier: 'gathers' }],
  });
}

/** Kyriba: exposures are to be worked out anew with this statement. */
export function exposureRequested(statement: ReadStatement, at: string): ScenarioSignal {
  return said('bank-statement.exposure-requested', STATEMENT_HOP.exposure, statement, at, readObject(statement));
}

/** Kyriba: there is no rate at which the exposure could be valued. */
export function exposureWithoutRate(statement: ReadStatement, at: string, pair: string): ScenarioSignal {
  return financeEvent('bank-statement.exposure-failed', `${expectedKey(statement)}:${at}`, at, {
    system: 'kyriba',
    integration: STATEMENT_HOP.exposure,
    outcome: 'failure',
    objects: [readObject(statement), accountObject(statement.account)],
    problem: {
      code: 'mapping-and-master-data.missing-exchange-rate',
      discriminators: { pair },
      message: `There is no rate of ${pair} for ${statement.closingDate}`,
    },
  });
}

/** Kyriba: the entity's exposure in the currency, with the statement. */
export function exposureUpdated(statement: ReadStatement, at: string): ScenarioSignal {
  const { legalEntity, code, currency } = statement.account;
  const value = `${code}/${statement.closingDate}`;
  return financeEvent('fx-exposure.updated', `${value}:exposure`, at, {
    system: 'kyriba',
    integration: STATEMENT_HOP.exposure,
    objects: [
      { type: 'fx-exposure', keys: [{ kind: 'account-exposure', scope: currency, value }], legalEntity },
      // What happened to the exposure happened to the statement too: its step is done.
      { ...readObject(statement), qualifier: 'subject' },
    ],
  });
}

/** Kyriba: the forecast of the account starts from the new position. */
export function forecastUpdated(statement: ReadStatement, at: string): ScenarioSignal {
  return financeEvent('cash-forecast.updated', `${forecastKey(statement)}:${at}`, at, {
    system: 'kyriba',
    integration: STATEMENT_HOP.forecast,
    objects: [
      {
        type: 'cash-forecast',
        keys: [{ kind: 'forecast', value: forecastKey(statement) }],
        legalEntity: statement.account.legalEntity,
      },
      positionObject(statement),
    ],
    links: [{ from: 1, to: 0, qualifier: 'projects' }],
  });
}

/** SAP: entries are being matched to open items, or all of them are. */
export function matching(step: 'matching-started' | 'matched', statement: ReadStatement, at: string): ScenarioSignal {
  const object = { ...readObject(statement), keys: [statement.bankKey] as [FinanceEventKey] };
  return said(`bank-statement.${step}`, STATEMENT_HOP.matching, statement, at, object, 'sap-s4hana');
}

/** Name of the booked position that a statement refreshes, as banks give it. */
export function positionKey({ account, closingDate }: ExpectedStatement): string {
  return `${account.currency}/${closingDate}/booked`;
}

/** Name of the forecast of an account. */
export function forecastKey({ account }: ExpectedStatement): string {
  return `${account.code}/forecast`;
}

function said(
  type: string,
  integration: string,
  statement: ExpectedStatement,
  at: string,
  object: FinanceEventObject,
  system = 'kyriba',
): ScenarioSignal {
  const objects: [FinanceEventObject, FinanceEventObject] = [object, accountObject(statement.account)];
  return financeEvent(type, `${expectedKey(statement)}:${at}`, at, { system, integration, objects });
}

function statementObject(statement: ExpectedStatement): FinanceEventObject {
  return {
    type: 'bank-statement',
    keys: [{ system: 'kyriba', kind: 'statement', scope: statement.account.code, value: expectedKey(statement) }],
    legalEntity: statement.account.legalEntity,
  };
}

function readObject(statement: ReadStatement): FinanceEventObject {
  const object = statementObject(statement);
  return { ...object, keys: [...object.keys, statement.bankKey], amount: closingOf(statement), direction: 'inflow' };
}

function positionObject(statement: ReadStatement): FinanceEventObject {
  const { account } = statement;
  return {
    type: 'cash-position',
    keys: [
      { kind: 'cash-position', scope: account.code, value: `${positionKey(statement)}/${account.code}` },
      { system: 'bank', kind: 'position', scope: account.number, value: positionKey(statement) },
    ],
    legalEntity: account.legalEntity,
    amount: closingOf(statement),
    direction: 'inflow',
  };
}

function accountObject({ code, number, legalEntity }: BankAccount): FinanceEventObject {
  const kind = number.startsWith('DE') ? 'iban' : 'account-number';
  return {
    type: 'bank-account',
    qualifier: 'account',
    keys: [
      { kind: 'account-code', value: code },
      { system: 'bank', kind, value: number },
    ],
    legalEntity,
  };
}

function closingOf({ account, closing }: ReadStatement): Money {
  return { amount: closing, currency: account.currency };
}
