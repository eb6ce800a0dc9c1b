/** A list of transactions as somebody may ask for it: variables of the GraphQL query, filters as TransactionFilter. */
export type TransactionListCase = {
  name: string;
  /** How many match of many: nearly all, some, one in a thousand or fewer, none. */
  share: 'most' | 'some' | 'few' | 'none';
  filter: Record<string, unknown>;
  orderBy?: 'LAST_ACTIVITY_DESC' | 'STARTED_DESC';
};

const DAY_MS = 86_400_000;

/**
 * The thirty combinations that the list is measured by, among them the least selective ones and those without a match. Their
 * values are those that fillTransactions makes; `now` is the instant that it was given.
 */
export function transactionListCases(now: Date): readonly TransactionListCase[] {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const instant = (days: number) => daysAgo(days).toISOString();
  const day = (days: number) => instant(days).slice(0, 10);
  return [
    { name: 'no filter', share: 'most', filter: {} },
    { name: 'no filter, by start', share: 'most', filter: {}, orderBy: 'STARTED_DESC' },
    { name: 'the usual workflow', share: 'most', filter: { workflows: ['order-to-cash'] } },
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
    { name: 'late of a small entity', share: 'few', filter: { states: ['LATE'], legalEntities: ['SG01'] } },
    { name: 'a large entity', share: 'some', filter: { legalEntities: ['DE01'] } },
    { name: 'a small entity, by start', share: 'some', filter: { legalEntities: ['SG01'] }, orderBy: 'STARTED_DESC' },
    { name: 'a region and a workflow', share: 'some', filter: { regions: ['APAC'], workflows: ['procure-to-pay'] } },
    { name: 'a currency', share: 'some', filter: { currencies: ['BRL'] } },
    {
      name: 'an entity in a currency that it has not',
      share: 'none',
      filter: { legalEntities: ['DE01'], currencies: ['JPY'] },
    },
    { name: 'an entity that does not exist', share: 'none', filter: { legalEntities: ['XX99'] } },
    { name: 'large amounts', share: 'few', filter: { amount: { from: '90000000' } } },
    {
      name: 'an amount range of a currency',
      share: 'some',
      filter: { currencies: ['EUR'], amount: { from: '1000', to: '2000' } },
    },
    { name: 'amounts that nothing has', share: 'none', filter: { amount: { from: '5000000000' } } },
    { name: 'a system that nearly all pass', share: 'most', filter: { systems: ['salesforce'] } },
    { name: 'a rare system', share: 'few', filter: { systems: ['stripe'] } },
    {
      name: 'who waits for an invoice',
      share: 'some',
      filter: { milestones: [{ name: 'invoice-posted', standing: 'WAITING' }] },
    },
    {
      name: 'accepted, invoice overdue, of one entity',
      share: 'some',
      filter: {
        legalEntities: ['FR01'],
        milestones: [
          { name: 'order-accepted', standing: 'REACHED' },
          { name: 'invoice-posted', standing: 'OVERDUE' },
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
      filter: { postingPeriod: day(400).slice(0, 7), legalEntities: ['US01'] },
    },
    {
      name: 'due within two days, by entity',
      share: 'few',
      filter: { dueOn: { from: day(1), to: day(0) }, legalEntities: ['IT01'] },
    },
    { name: 'a value date that no bank has', share: 'none', filter: { valueOn: { from: day(-4000), to: day(-3990) } } },
    { name: 'a bank account', share: 'most', filter: { bankAccount: 'DE89 3704 0044 0532 0130 00' } },
    {
      name: 'a large counterparty, running, old',
      share: 'few',
      filter: { counterparty: 'acme', states: ['RUNNING', 'LATE', 'WAITING'], minAgeHours: 2_000 },
    },
    {
      name: 'a counterparty of a time and an amount, by start',
      share: 'few',
      filter: {
        counterparty: 'customer 00017',
        startedAt: { from: instant(900), to: instant(10) },
        amount: { from: '10' },
      },
      orderBy: 'STARTED_DESC',
    },
  ];
}
