import { formatMoney, type Money } from '../../shared/format/money.js';
import { plainWords } from '../../shared/format/words.js';
import {
  dueWords,
  isAwaited,
  prepareMilestones,
  reachedWords,
  type MilestoneFact,
} from '../../shared/milestones/prepare-milestones.js';
import { systemName } from '../../shared/format/words.js';

type AnswerFacts = {
  state: string;
  anchor: { type: string; key: string };
  counterparty: string | null;
  amount: Money | null;
  milestones: readonly MilestoneFact[];
  activities: readonly { occurredAt: string; system: string }[];
  exceptions: readonly { state: string; group: { title: string } }[];
};

/** Where a transaction stands: what it waits for, until when, and who holds it. */
export function transactionAnswer(facts: AnswerFacts, now: Date): string {
  const of = facts.counterparty ? ` of ${facts.counterparty}` : '';
  const money = facts.amount ? ` over ${formatMoney(facts.amount)}` : '';
  const subject = `${plainWords(facts.anchor.type)} ${facts.anchor.key}${of}${money}`;
  const head = subject.charAt(0).toUpperCase() + subject.slice(1);
  const steps = prepareMilestones(facts.milestones);
  if (facts.state === 'COMPLETED') {
    const isAll = steps.every((step) => step.reachedCount === step.totalCount);
    return `${head} is complete: ${isAll ? `all ${steps.length} milestones are reached` : reachedWords(steps)}.`;
  }
  if (facts.state === 'CANCELLED') return `${head} was cancelled.`;

  const open = facts.exceptions.find((exception) => !['RESOLVED', 'ACCEPTED', 'DUPLICATE'].includes(exception.state));
  const next = steps.find((step) => step.state === 'OVERDUE' || step.state === 'BLOCKED') ?? steps.find(isAwaited);
  const latest = facts.activities.toSorted((a, b) => a.occurredAt.localeCompare(b.occurredAt)).at(-1);
  const holder = latest ? `, last seen in ${systemName(latest.system)}` : '';
  if (open && next)
    return `${head} is stuck before “${next.title.toLowerCase()}”: ${open.group.title.replace(/\.$/, '')}.`;
  if (!next) return `${head} is on its way${holder}.`;
  const due = dueWords(next, now);
  return `${head} waits for “${next.title.toLowerCase()}”${due ? `, ${due}` : ''}${holder}.`;
}
