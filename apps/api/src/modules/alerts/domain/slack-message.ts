import { describeTaxonomy, formatMoney, type Money } from '@throughline/canonical';
import { byWhen, type NextDue } from './by-when.js';
import { mrkdwn, plain } from './chat-text.js';

/** Slack's limits with room to spare: its own are 50 blocks, 3000 characters a section, 2000 a field, 150 a header. */
export const SLACK_BUDGET = { blocks: 45, section: 2_900, field: 400, header: 150, total: 12_000 } as const;

const LONGEST_TEXT = 1_000;
const LONGEST_CONTEXT = 500;

/** The allow-list of what leaves the house in a chat message. */
export type AlertFacts = {
  title: string;
  taxonomy: string;
  message: string;
  counterparty: string | null;
  legalEntity: string | null;
  moneyAtRisk: Money | null;
  direction: string | null;
  owner: string | null;
  openedAt: Date;
  nextDue: NextDue | null;
  timeZone: string | null;
  /** Exceptions of the group that are open now, this one included. */
  openInGroup: number;
  policyName: string;
  /** Absolute address of the exception's page. */
  url: string;
};

type PlainText = { type: 'plain_text'; text: string; emoji: false };
type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: true };
type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text?: Mrkdwn; fields?: Mrkdwn[] }
  | { type: 'actions'; elements: { type: 'button'; text: PlainText; url: string; style: 'primary' }[] }
  | { type: 'context'; elements: Mrkdwn[] };

/** Body of an incoming webhook. `parse: none` and `verbatim` keep Slack from making links or mentions out of data. */
export type SlackMessage = {
  text: string;
  blocks: Block[];
  parse: 'none';
  link_names: false;
  unfurl_links: false;
  unfurl_media: false;
};

/** What is wrong, how much money, by when, and the link: once as one line for the notification, once as blocks. */
export function slackMessage(facts: AlertFacts, now: Date): SlackMessage {
  const money = moneyWords(facts);
  const deadline = byWhen(facts.nextDue, facts.openedAt, now, facts.timeZone);
  const category = describeTaxonomy(facts.taxonomy).categoryTitle;
  const fields = [
    field('At risk', money),
    field('By when', deadline),
    ...(facts.counterparty === null ? [] : [field('Counterparty', facts.counterparty)]),
    ...(facts.legalEntity === null ? [] : [field('Legal entity', facts.legalEntity)]),
    field('Owner', facts.owner ?? 'nobody yet'),
    field('Kind', category),
  ];
  const others = facts.openInGroup > 1 ? ` · ${facts.openInGroup} open with the same cause` : '';
  return {
    text: `${mrkdwn(`${facts.title}: ${money}, ${deadline}.`, LONGEST_TEXT)} <${facts.url}>`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: plain(facts.title, SLACK_BUDGET.header), emoji: false } },
      { type: 'section', fields },
      ...(plain(facts.message, 1) === ''
        ? []
        : [{ type: 'section' as const, text: markdown(mrkdwn(facts.message, SLACK_BUDGET.section)) }]),
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            text: { type: 'plain_text', text: 'Open exception', emoji: false },
            url: facts.url,
            style: 'primary',
          },
        ],
      },
      { type: 'context', elements: [markdown(mrkdwn(`${facts.policyName}${others}`, LONGEST_CONTEXT))] },
    ],
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function moneyWords({ moneyAtRisk, direction }: AlertFacts): string {
  if (moneyAtRisk === null) {
    return 'amount not known';
  }
  return direction === null ? formatMoney(moneyAtRisk) : `${formatMoney(moneyAtRisk)} ${direction}`;
}

function field(name: string, value: string): Mrkdwn {
  return markdown(`*${name}*\n${mrkdwn(value, SLACK_BUDGET.field - name.length - 3)}`);
}

function markdown(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** Slack's answer to a taken message is `ok`; its web API says `{"ok": …}`. A page of some proxy is neither. */
export function isTakenBySlack(body: string): boolean {
  const text = body.trim();
  if (text === '' || text.toLowerCase() === 'ok') {
    return true;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !('ok' in parsed && parsed.ok !== true);
  } catch {
    return false;
  }
}
