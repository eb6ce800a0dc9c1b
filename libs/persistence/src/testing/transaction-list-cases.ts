/** A list of transactions as somebody may ask for it: variables of the GraphQL query, filters as TransactionFilter. */
export type TransactionListCase = {
  name: string;
  /** How many match of many: nearly all, some, one in a thousand or fewer, none. */
  share: 'most' | 'some' | 'few' | 'none';
  filter: Record<string, unknown>;
  orderBy?: 'LAST_ACTIVITY_DESC' | 'STARTED_DESC';
};

/** Values by which the combinations ask, as the rows that are asked have them. */
export type ListCaseValues = {
  workflow: string;
  otherWorkflow: string;
  region: string;
  /** Legal entities by their size, and the currency of the first. */
  entities: [largest: string, large: string, other: string, small: string, smallest: string];
  entityCurrency: string;
  rareCurrency: string;
  /** A currency that the largest entity has not. */
  otherCurrency: string;
  /** Least amount that one in some thousands has, and one that none has. */
  largeAmount: string;
  tooLargeAmount: string;
  commonSystem: string;
  rareSystem: string;
  /** A step that is reached early, and one that many wait for. */
  firstStep: string;
  openStep: string;
  bankAccount: string;
  /** Beginnings of the names of a counterparty of many, and of one of few. */
  largeCounterparty: string;
  smallCounterparty: string;
};

const DAY_MS = 86_400_000;

/** Those of the rows that fillTransactions makes. */
const MADE: ListCaseValues = {
  workflow: 'order-to-cash',
  otherWorkflow: 'procure-to-pay',
  region: 'APAC',
  entities: ['DE01', 'FR01', 'US01', 'IT01', 'SG01'],
  entityCurrency: 'EUR',
  rareCurrency: 'BRL',
  otherCurrency: 'JPY',
  largeAmount: '90000000',
  tooLargeAmount: '5000000000',
  commonSystem: 'salesforce',
  rareSystem: 'stripe',
  firstStep: 'order-accepted',
  openStep: 'invoice-posted',
  bankAccount: 'DE89 3704 0044 0532 0130 00',
  largeCounterparty: 'acme',
  smallCounterparty: 'customer 00017',
};

/**
 * The thirty combinations that the list is measured by, among them the least selective ones and those without a match. Unless
 * others are given, their values are those that fillTransactions makes, `now` the instant that it was given.
 */
export function transactionListCases(now: Date, values: ListCaseValues = MADE): readonly TransactionListCase[] {
  const [largest, large, other, small, smallest] = values.entities;
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const instant = (days: number) => daysAgo(days).toISOString();
  const day = (days: number) => instant(days).slice(0, 10);
  return [
    { name: 'no filter', share: 'most', filter: {} },
    { name: 'no filter, by start', share: 'most', filter: {}, orderBy: 'STARTED_DESC' },
    { name: 'the usual workflow', share: 'most', filter: { workflows: [values.workflow] } },
    { name: 'completed', share: 'most', filter: { states: ['COMPLETED'] } },
    { name: 'completed, by start', share: 'most', filter: { states: ['COMPLETED'] }, orderBy: 'STARTED_DESC' },
    {
      name: 'every running state',
      share: 'some',
      filter: { states: ['BLOCKED', 'LATE', 'AT_RISK', 'WAITING', 'RUNNING'] },
    },
    { name: 'late', share: 'some', filter: { states: ['LATE'] } },
    { name: 'blocked', share: 'few', filter: { states: ['BLOCKED'] } },
    { name: 'at risk or waiting', share: 'some', filter: { states: ['AT_RISK', 'WAITING'] } },
    { name: 'late of a small entity', share: 'few', filter: { states: ['LATE'], legalEntities: [smallest] } },
    { name: 'a large entity', share: 'some', filter: { legalEntities: [largest] } },
    { name: 'a small entity, by start', share: 'some', filter: { legalEntities: [smallest] }, orderBy: 'STARTED_DESC' },
    {
      name: 'a region and a workflow',
      share: 'some',
      filter: { regions: [values.region], workflows: [values.otherWorkflow] },
    },
    { name: 'a currency', share: 'some', filter: { currencies: [values.rareCurrency] } },
    {
      name: 'an entity in a currency that it has not',
      share: 'none',
      filter: { legalEntities: [largest], currencies: [values.otherCurrency] },
    },
    { name: 'an entity that does not exist', share: 'none', filter: { legalEntities: ['XX99'] } },
    { name: 'large amounts', share: 'few', filter: { amount: { from: values.largeAmount } } },
    {
      name: 'an amount range of a currency',
      share: 'some',
      filter: { currencies: [values.entityCurrency], amount: { from: '1000', to: '2000' } },
    },
    { name: 'amounts that nothing has', share: 'none', filter: { amount: { from: values.tooLargeAmount } } },
    { name: 'a system that nearly all pass', share: 'most', filter: { systems: [values.commonSystem] } },
    { name: 'a rare system', share: 'few', filter: { systems: [values.rareSystem] } },
    {
      name: 'who waits for an invoice',
      share: 'some',
      filter: { milestones: [{ name: values.openStep, standing: 'WAITING' }] },
    },
    {
      name: 'accepted, invoice overdue, of one entity',
      share: 'some',
      filter: {
        legalEntities: [large],
        milestones: [
          { name: values.firstStep, standing: 'REACHED' },
          { name: values.openStep, standing: 'OVERDUE' },
        ],
      },
    },
    {
      name: 'a milestone that nobody waits for',
      share: 'none',
      filter: { milestones: [{ name: 'no-such-milestone', standing: 'WAITING' }] },
    },
    {
      name: 'a posting period and an entity',
      share: 'some',
      filter: { postingPeriod: day(400).slice(0, 7), legalEntities: [other] },
    },
    {
      name: 'due within two days, by entity',
      share: 'few',
      filter: { dueOn: { from: day(1), to: day(0) }, legalEntities: [small] },
    },
    { name: 'a value date that no bank has', share: 'none', filter: { valueOn: { from: day(-4000), to: day(-3990) } } },
    { name: 'a bank account', share: 'most', filter: { bankAccount: values.bankAccount } },
    {
      name: 'a large counterparty, running, old',
      share: 'few',
      filter: { counterparty: values.largeCounterparty, states: ['RUNNING', 'LATE', 'WAITING'], minAgeHours: 2_000 },
    },
    {
      name: 'a counterparty of a time and an amount, by start',
      share: 'few',
      filter: {
        counterparty: values.smallCounterparty,
        startedAt: { from: instant(900), to: instant(10) },
        amount: { from: '10' },
      },
      orderBy: 'STARTED_DESC',
    },
  ];
}
