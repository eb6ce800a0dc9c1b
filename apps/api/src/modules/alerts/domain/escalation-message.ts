import type { Money } from '@throughline/canonical';
import { durationWords, zonedWords } from './by-when.js';
import { button, field, messageOf, moneyWords, type SlackMessage } from './slack-message.js';

/** The allow-list of what a message about an overdue clock tells. */
export type EscalationFacts = {
  title: string;
  message: string;
  counterparty: string | null;
  legalEntity: string | null;
  moneyAtRisk: Money | null;
  direction: string | null;
  clock: 'response' | 'resolution';
  dueAt: Date;
  timeZone: string | null;
  /** Who has it in hand. */
  owner: string | null;
  /** To whom it was brought. */
  lead: string | null;
  queue: string | null;
  policyName: string;
  /** Absolute address of the exception's page. */
  url: string;
};

const CLOCKS = { response: 'Nobody has taken it in hand', resolution: 'It is not resolved' } as const;

/** Which clock is overdue since when, how much money, who has it, and the link. */
export function escalationMessage(facts: EscalationFacts, now: Date): SlackMessage {
  const { clock, dueAt, title, url } = facts;
  const money = moneyWords(facts);
  const due = `${clock} was due ${zonedWords(dueAt, facts.timeZone ?? 'UTC')}`;
  const since = `${durationWords(now.getTime() - dueAt.getTime())} ago`;
  const holder = facts.owner ?? 'nobody';
  return messageOf({
    line: `Escalated: ${title}: ${due}, with ${holder}, ${money}.`,
    title: `Escalated: ${title}`,
    fields: [
      field('At risk', money),
      field('Clock', `${due}, ${since}`),
      field('Held by', holder),
      field('Brought to', facts.lead ?? 'nobody leads its queue'),
      ...(facts.queue === null ? [] : [field('Queue', facts.queue)]),
      ...(facts.counterparty === null ? [] : [field('Counterparty', facts.counterparty)]),
      ...(facts.legalEntity === null ? [] : [field('Legal entity', facts.legalEntity)]),
    ],
    message: `${CLOCKS[clock]}. ${facts.message}`,
    buttons: [button('Open exception', url, 'primary')],
    footer: facts.policyName,
    url,
  });
}
