import { describe, expect, it } from '@jest/globals';
import { chatPage, linesOf } from './chat-page.js';

describe('the chat page', () => {
  it('reads blocks before the plain text', () => {
    const body = {
      text: 'fallback',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'New exception' } },
        {
          type: 'section',
          text: { type: 'mrkdwn', text: '*EUR 10.00*' },
          fields: [{ type: 'mrkdwn', text: 'by 17:00' }],
        },
        {
          type: 'actions',
          elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' }, url: 'https://x.example/e/1' }],
        },
      ],
    };
    expect(linesOf(body)).toEqual(['New exception', '*EUR 10.00*', 'by 17:00', '<https://x.example/e/1|Open>']);
  });

  it('shows links and bold text and lets nothing else through as markup', () => {
    const page = chatPage([
      {
        receivedAt: 0,
        body: { text: '*Müller &amp; Co* <http://localhost:4000/exceptions/1|open> <script>x</script>' },
      },
    ]);
    expect(page).toContain('<strong>Müller &amp; Co</strong>');
    expect(page).toContain('<a href="http://localhost:4000/exceptions/1">open</a>');
    expect(page).not.toContain('<script>');
  });

  it('does not turn a foreign scheme into a link', () => {
    expect(chatPage([{ receivedAt: 0, body: { text: '<javascript:alert(1)|click>' } }])).not.toContain(
      'href="javascript',
    );
  });
});
