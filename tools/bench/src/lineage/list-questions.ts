import { type ListCaseValues, type TransactionListCase, transactionListCases } from '@throughline/persistence/testing';
import type { Question } from './questions.js';
import { listByHand } from './list-by-hand.js';

/** Longest that 95 of a hundred lists may take at ten million transactions. */
const TARGET_MS = 150;
const PAGE = 50;
/** It is the same list each time, so that fewer tell as much. */
const ASKED = 60;

const LIST = `query List($filter: TransactionFilter, $orderBy: TransactionOrder, $first: Int) {
  transactions(first: $first, filter: $filter, orderBy: $orderBy) {
    totalCount totalCountIsEstimate
    pageInfo { hasNextPage endCursor }
    edges { node { id workflow state legalEntity counterparty startedAt lastActivityAt anchor { type key } amount { amount currency } } }
  }
}`;

/** Values of the loaded history. It has no due, posting or value dates, no statements, and no system that few pass. */
const HISTORY: ListCaseValues = {
  workflow: 'order-to-cash',
  otherWorkflow: 'order-to-cash',
  region: 'APAC',
  entities: ['DE01', 'US01', 'BR01', 'SG01', 'SG01'],
  entityCurrency: 'EUR',
  rareCurrency: 'BRL',
  otherCurrency: 'SGD',
  largeAmount: '9099',
  tooLargeAmount: '5000000000',
  commonSystem: 'salesforce',
  rareSystem: 'stripe',
  firstStep: 'order-accepted',
  openStep: 'payment-applied',
  bankAccount: 'DE89 3704 0044 0532 0130 00',
  largeCounterparty: 'customer 0-',
  smallCounterparty: 'customer 17-',
};

/** The thirty combinations of filters of the list of transactions, with its count, as the screen asks them. */
export function listQuestions(now: Date): readonly Question[] {
  return transactionListCases(now, HISTORY).map((one) => listQuestion(one, now));
}

function listQuestion(one: TransactionListCase, now: Date): Question {
  const { name, filter, orderBy = 'LAST_ACTIVITY_DESC' } = one;
  const statements = listByHand(one, now, PAGE);
  return {
    name: `list: ${name}`,
    targetMs: TARGET_MS,
    document: LIST,
    asked: ASKED,
    variables: () => ({ filter, orderBy, first: PAGE }),
    async byHand(client, tenantId) {
      for (const { text, values } of statements) await client.query(text, [tenantId, ...values]);
    },
  };
}
