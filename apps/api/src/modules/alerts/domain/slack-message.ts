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
  /** Set when the exception is about a signal that cannot be read: no document, no money, but where and why. */
  signal?: SignalFacts;
};

/** What people look for when something that was received cannot be read. */
export type SignalFacts = {
  /** Source system, or how the sender calls itself. */
  source: string;
  type: string;
  /** Why, in words, without the place. */
  reason: string;
  /** JSON pointer; null = none is known. */
  place: string | null;
  /** Absolute address of the signal's own page. */
  url: string;
};

type PlainText = { type: 'plain_text'; text: string; emoji: false };
type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: true };
type LinkButton = { type: 'button'; text: PlainText; url: string; style?: 'primary' };
type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text?: Mrkdwn; fields?: Mrkdwn[] }
  | { type: 'actions'; elements: LinkButton[] }
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
  if (facts.signal !== undefined) return unreadSignalMessage(facts, facts.signal);
  const money = moneyWords(facts);
  const deadline = byWhen(facts.nextDue, facts.openedAt, now, facts.timeZone);
  const others = facts.openInGroup > 1 ? ` · ${facts.openInGroup} open with the same cause` : '';
  return messageOf({
    line: `${facts.title}: ${money}, ${deadline}.`,
    title: facts.title,
    fields: [
      field('At risk', money),
      field('By when', deadline),
      ...(facts.counterparty === null ? [] : [field('Counterparty', facts.counterparty)]),
      ...(facts.legalEntity === null ? [] : [field('Legal entity', facts.legalEntity)]),
      field('Owner', facts.owner ?? 'nobody yet'),
      field('Kind', describeTaxonomy(facts.taxonomy).categoryTitle),
    ],
    message: facts.message,
    buttons: [button('Open exception', facts.url, 'primary')],
    footer: `${facts.policyName}${others}`,
    url: facts.url,
  });
}

/** Of what cannot be read: from whom, what, how many, why and where, and where it is opened. */
function unreadSignalMessage(facts: AlertFacts, { source, type, reason, place, url }: SignalFacts): SlackMessage {
  const many = facts.openInGroup;
  const title = many > 1 ? `${many} signals from ${source} cannot be read` : `A signal from ${source} cannot be read`;
  const where = place === null ? '' : ` at ${place}`;
  return messageOf({
    line: `${title}: ${type}${where}: ${reason.replace(/\.$/, '')}.`,
    title,
    fields: [
      field('Source', source),
      field('Type', type),
      field('Place', place ?? 'the whole of it'),
      field('How many', many === 1 ? '1 signal' : `${many} signals, for the same reason`),
      field('Owner', facts.owner ?? 'nobody yet'),
      field('Kept', 'as it came: it is mapped again once the mapping is mended'),
    ],
    message: reason,
    buttons: [button('Open exception', facts.url, 'primary'), button('Open the signal', url)],
    footer: facts.policyName,
    url: facts.url,
  });
}

type Parts = {
  line: string;
  title: string;
  fields: Mrkdwn[];
  message: string;
  buttons: LinkButton[];
  footer: string;
  url: string;
};

/** The message that these parts make. */
export function messageOf({ line, title, fields, message, buttons, footer, url }: Parts): SlackMessage {
  return {
    text: `${mrkdwn(line, LONGEST_TEXT)} <${url}>`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: plain(title, SLACK_BUDGET.header), emoji: false } },
      { type: 'section', fields },
      ...(plain(message, 1) === ''
        ? []
        : [{ type: 'section' as const, text: markdown(mrkdwn(message, SLACK_BUDGET.section)) }]),
      { type: 'actions', elements: buttons },
      { type: 'context', elements: [markdown(mrkdwn(footer, LONGEST_CONTEXT))] },
    ],
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

export function button(text: string, url: string, style?: 'primary'): LinkButton {
  return { type: 'button', text: { type: 'plain_text', text, emoji: false }, url, ...(style && { style }) };
}

/** "EUR 1,234.50 inflow". */
export function moneyWords({ moneyAtRisk, direction }: Pick<AlertFacts, 'moneyAtRisk' | 'direction'>): string {
  if (moneyAtRisk === null) {
    return 'amount not known';
  }
  return direction === null ? formatMoney(moneyAtRisk) : `${formatMoney(moneyAtRisk)} ${direction}`;
}

export function field(name: string, value: string): Mrkdwn {
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
