import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byWhen, durationWords } from './by-when.js';
import { mrkdwn, plain } from './chat-text.js';
import { isTakenBySlack, SLACK_BUDGET, slackMessage, type AlertFacts } from './slack-message.js';

const now = new Date('2026-09-30T12:00:00.000Z');

const facts: AlertFacts = {
  title: 'No company code for DE01-BREMEN — order O-100234',
  taxonomy: 'mapping-and-master-data.missing-legal-entity-mapping',
  message: 'Selling unit DE01-BREMEN has no company code; paid from DE89370400440532013000',
  counterparty: 'Müller & Söhne <GmbH>',
  legalEntity: 'DE01',
  moneyAtRisk: { amount: '1204500.00', currency: 'EUR' },
  direction: 'inflow',
  owner: null,
  openedAt: new Date('2026-09-30T09:50:00.000Z'),
  nextDue: { title: 'Payment applied', dueAt: new Date('2026-09-30T15:00:00.000Z') },
  timeZone: 'Europe/Berlin',
  openInGroup: 3,
  policyName: 'Every new exception group',
  url: 'http://localhost:4000/exceptions/e1',
};

describe('slackMessage', () => {
  it('says what, how much money, by when, with the link', () => {
    const message = slackMessage(facts, now);
    expect(message.text).toBe(
      'No company code for DE01-BREMEN — order O-100234: EUR 1,204,500.00 inflow, ' +
        'by 2026-09-30 17:00 CEST (Payment applied). <http://localhost:4000/exceptions/e1>',
    );
    const text = JSON.stringify(message.blocks);
    expect(text).toContain('*At risk*\\nEUR 1,204,500.00 inflow');
    expect(text).toContain('by 2026-09-30 17:00 CEST (Payment applied)');
    expect(text).toContain('Müller &amp; Söhne &lt;GmbH&gt;');
    expect(text).toContain('"url":"http://localhost:4000/exceptions/e1"');
    expect(text).toContain('3 open with the same cause');
    expect(text).toContain('DE••••3000');
    expect(text).not.toContain('370400440532013000');
  });

  it('says how long it has been open when nothing is due, and that no amount is known', () => {
    const message = slackMessage({ ...facts, nextDue: null, moneyAtRisk: null }, now);
    expect(message.text).toContain('amount not known, nothing due, open for 2 h 10 min');
  });

  it('says of a signal that cannot be read from whom, what, how many, why and where, and where to open it', () => {
    const unread: AlertFacts = {
      ...facts,
      title: 'No rule of mapping stripe takes it — signal 0190f1c2-7e5a-7b3c-9a55-3b0c6b6f4d21',
      taxonomy: 'data-quality.unmapped-signal',
      message: '/type: no rule of stripe version 1 takes "invoice.overpaid"',
      counterparty: null,
      legalEntity: null,
      moneyAtRisk: null,
      direction: null,
      nextDue: null,
      signal: {
        source: 'stripe',
        type: 'invoice.overpaid',
        reason: 'no rule of stripe version 1 takes "invoice.overpaid"',
        place: '/type',
        url: 'http://localhost:4000/signals/s1',
      },
    };
    const message = slackMessage(unread, now);
    expect(message.text).toBe(
      '3 signals from stripe cannot be read: invoice.overpaid at /type: ' +
        'no rule of stripe version 1 takes "invoice.overpaid". <http://localhost:4000/exceptions/e1>',
    );
    const text = JSON.stringify(message.blocks);
    for (const told of ['*Source*\\nstripe', '*Type*\\ninvoice.overpaid', '*Place*\\n/type', '3 signals, for the same'])
      expect(text).toContain(told);
    expect(text).toContain('http://localhost:4000/signals/s1');
    expect(text).not.toContain('0190f1c2');
    expect(slackMessage({ ...unread, openInGroup: 1 }, now).text).toMatch(/^A signal from stripe cannot be read/);
  });

  it('keeps the budget and calls nobody, whatever the data says', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5_000 }),
      fc.constantFrom(
        '<!here>',
        '<!channel> @channel @here @everyone @all',
        '<https://evil.example|EUR 5>',
        '&'.repeat(5_000),
        '\u202egnihsihp',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (title, message, counterparty, policyName) => {
        const built = slackMessage(
          { ...facts, title, message, counterparty, policyName, legalEntity: counterparty },
          now,
        );
        const texts = built.blocks.flatMap((block): { text: string; limit: number }[] => {
          switch (block.type) {
            case 'header':
              return [{ text: block.text.text, limit: SLACK_BUDGET.header }];
            case 'section':
              return [
                ...(block.text === undefined ? [] : [{ text: block.text.text, limit: SLACK_BUDGET.section }]),
                ...(block.fields ?? []).map((field) => ({ text: field.text, limit: SLACK_BUDGET.field })),
              ];
            case 'context':
              return block.elements.map((element) => ({ text: element.text, limit: SLACK_BUDGET.section }));
            case 'actions':
              return [];
          }
        });
        expect(built.blocks.length).toBeLessThanOrEqual(SLACK_BUDGET.blocks);
        for (const { text, limit } of texts) {
          expect(text.length).toBeLessThanOrEqual(limit);
        }
        const all = [built.text, ...texts.map((one) => one.text)].join('');
        expect(all.length).toBeLessThanOrEqual(SLACK_BUDGET.total);
        const marked = [built.text.replace(` <${facts.url}>`, ''), ...texts.slice(1).map((one) => one.text)].join('\n');
        expect(marked).not.toMatch(/[<>]|@(channel|here|everyone|all\b)|\u202e/i);
        expect(marked.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
      }),
      { numRuns: 300 },
    );
  });
});

describe('chat text', () => {
  it.each([
    ['<!here> & more', 100, '&lt;!here&gt; &amp; more'],
    ['two\nlines\tand\u0000more', 100, 'two lines and more'],
    ['call @channel', 100, 'call @\u200bchannel'],
    ['&&&&', 12, '&amp;&amp;…'],
    ['😀😀😀', 4, '😀…'],
  ])('%p in %d → %p', (text, longest, expected) => {
    expect(mrkdwn(text, longest)).toBe(expected);
  });

  it('leaves & < > alone in plain text', () => {
    expect(plain('a < b & c', 100)).toBe('a < b & c');
  });
});

describe('byWhen', () => {
  it.each([
    [30_000, 'less than a minute'],
    [48 * 60_000, '48 min'],
    [130 * 60_000, '2 h 10 min'],
    [76 * 3_600_000, '3 d 4 h'],
    [-5, 'less than a minute'],
  ])('%d ms → %s', (milliseconds, words) => {
    expect(durationWords(milliseconds)).toBe(words);
  });

  it('says that it was due, and survives an unknown zone', () => {
    const due = { title: 'Payment applied', dueAt: new Date('2026-09-30T11:00:00.000Z') };
    expect(byWhen(due, now, now, 'Nowhere/Land')).toBe('was due 2026-09-30 11:00 UTC (Payment applied)');
  });
});

describe('isTakenBySlack', () => {
  it.each([
    ['ok', true],
    ['OK\n', true],
    ['', true],
    ['{"ok":true}', true],
    ['{}', true],
    ['{"ok":false,"error":"channel_is_archived"}', false],
    ['<html>Sign in</html>', false],
    ['invalid_payload', false],
  ])('%p → %p', (body, isTaken) => {
    expect(isTakenBySlack(body)).toBe(isTaken);
  });
});
