import { type ExportTable, decimalColumn, instantColumn, textColumn, wholeColumn } from './export-table.js';

/** A transaction with where it stands on its milestones. */
export type ExportedTransaction = {
  id: string;
  workflow: string;
  state: string;
  anchorType: string | null;
  anchorKey: string | null;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  startedAt: Date;
  lastActivityAt: Date;
  completedAt: Date | null;
  milestones: readonly ExportedMilestone[];
};

export type ExportedMilestone = {
  name: string;
  title: string;
  objectType: string | null;
  objectKey: string | null;
  state: string;
  ruleKind: string;
  startedAt: Date | null;
  dueAt: Date | null;
  reachedAt: Date | null;
};

export type ExportedObject = {
  id: string;
  type: string;
  key: string;
  isHub: boolean;
  depth: number;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  direction: string | null;
};

export type ExportedLink = {
  from: string;
  to: string;
  qualifier: string;
  amount: string | null;
  currency: string | null;
};

/** Something of a transaction, with the transaction. */
export type InTransaction<Part> = { transaction: ExportedTransaction; part: Part };

/** One row a transaction. */
export const TRANSACTION_TABLE: ExportTable<ExportedTransaction> = {
  name: 'transactions',
  title: 'Transactions',
  columns: [
    textColumn('Transaction id', (row) => row.id),
    textColumn('Workflow', (row) => row.workflow),
    textColumn('Anchor type', (row) => row.anchorType),
    textColumn('Anchor', (row) => row.anchorKey),
    textColumn('State', (row) => row.state),
    textColumn('Legal entity', (row) => row.legalEntity),
    textColumn('Counterparty', (row) => row.counterparty),
    decimalColumn('Amount', (row) => row.amount),
    textColumn('Currency', (row) => row.currency),
    instantColumn('Started', (row) => row.startedAt),
    instantColumn('Last activity', (row) => row.lastActivityAt),
    instantColumn('Completed', (row) => row.completedAt),
    wholeColumn('Milestones reached', (row) => row.milestones.filter(({ reachedAt }) => reachedAt !== null).length),
    wholeColumn('Milestones', (row) => row.milestones.length),
    textColumn('Next milestone', (row) => nextOf(row)?.title ?? null),
    instantColumn('Next due', (row) => nextOf(row)?.dueAt ?? null),
  ],
};

/** One row a milestone of a transaction. */
export const MILESTONE_TABLE: ExportTable<InTransaction<ExportedMilestone>> = {
  name: 'milestones',
  title: 'Milestones',
  columns: [
    textColumn('Transaction id', ({ transaction }) => transaction.id),
    textColumn('Workflow', ({ transaction }) => transaction.workflow),
    textColumn('Anchor', ({ transaction }) => transaction.anchorKey),
    textColumn('Milestone', ({ part }) => part.name),
    textColumn('Title', ({ part }) => part.title),
    textColumn('Object type', ({ part }) => part.objectType),
    textColumn('Object', ({ part }) => part.objectKey),
    textColumn('State', ({ part }) => part.state),
    textColumn('Rule', ({ part }) => part.ruleKind),
    instantColumn('Clock started', ({ part }) => part.startedAt),
    instantColumn('Due', ({ part }) => part.dueAt),
    instantColumn('Reached', ({ part }) => part.reachedAt),
  ],
};

/** One row an object of a transaction: of an object in two transactions there are two. */
export const OBJECT_TABLE: ExportTable<InTransaction<ExportedObject>> = {
  name: 'objects',
  title: 'Objects',
  columns: [
    textColumn('Transaction id', ({ transaction }) => transaction.id),
    textColumn('Object id', ({ part }) => part.id),
    textColumn('Type', ({ part }) => part.type),
    textColumn('Key', ({ part }) => part.key),
    textColumn('Role', ({ part }) => (part.isHub ? 'hub' : 'member')),
    wholeColumn('Steps from anchor', ({ part }) => part.depth),
    textColumn('Legal entity', ({ part }) => part.legalEntity),
    textColumn('Counterparty', ({ part }) => part.counterparty),
    decimalColumn('Amount', ({ part }) => part.amount),
    textColumn('Currency', ({ part }) => part.currency),
    textColumn('Direction', ({ part }) => part.direction),
  ],
};

/** One row a flow link between two objects of a transaction, read as "to `qualifier` from". */
export const LINK_TABLE: ExportTable<InTransaction<ExportedLink>> = {
  name: 'links',
  title: 'Links',
  columns: [
    textColumn('Transaction id', ({ transaction }) => transaction.id),
    textColumn('From object id', ({ part }) => part.from),
    textColumn('Qualifier', ({ part }) => part.qualifier),
    textColumn('To object id', ({ part }) => part.to),
    decimalColumn('Amount', ({ part }) => part.amount),
    textColumn('Currency', ({ part }) => part.currency),
  ],
};

/** The first milestone that is not reached, in the order of the workflow. */
function nextOf({ milestones }: ExportedTransaction): ExportedMilestone | undefined {
  return milestones.find(({ reachedAt }) => reachedAt === null);
}
