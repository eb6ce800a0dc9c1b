import { describe, expect, it } from '@jest/globals';
import { hostOf, readTicket, TICKET_LIMITS, type TicketLink } from './ticket.js';

const link = (more: Partial<TicketLink> = {}): TicketLink => ({
  system: 'ServiceNow',
  number: 'INC0012345',
  url: 'https://acme.service-now.example/nav_to.do?uri=incident',
  ...more,
});

describe('readTicket', () => {
  it.each<[string, TicketLink, TicketLink]>([
    ['as it was stated', link(), link()],
    [
      'without what stands round it',
      link({ system: ' Jira ', number: '\tFIN-7 ' }),
      link({ system: 'Jira', number: 'FIN-7' }),
    ],
    ['without an address', link({ url: null }), link({ url: null })],
    ['with an empty address', link({ url: '  ' }), link({ url: null })],
    [
      'an address with its host in small letters',
      link({ url: 'HTTPS://JIRA.Example/FIN-7' }),
      link({ url: 'https://jira.example/FIN-7' }),
    ],
  ])('%s', (_name, stated, ticket) => {
    expect(readTicket(stated)).toEqual({ ticket });
  });

  it.each<[string, TicketLink, RegExp]>([
    ['no system', link({ system: ' ' }), /^The system has 1 to 60/],
    ['no number', link({ number: '' }), /^The number has 1 to 100/],
    ['a long number', link({ number: 'x'.repeat(TICKET_LIMITS.number + 1) }), /^The number/],
    ['a number that turns the writing', link({ number: 'FIN\u202e-7' }), /^The number/],
    ['a script', link({ url: 'javascript:alert(1)' }), /https:\/\/, not javascript:/],
    ['not encrypted', link({ url: 'http://jira.example/FIN-7' }), /https:\/\/, not http:/],
    ['a file', link({ url: 'file:///etc/passwd' }), /not file:/],
    ['half an address', link({ url: 'jira.example/FIN-7' }), /address is none/],
    ['a password in it', link({ url: 'https://me:secret@jira.example/FIN-7' }), /user name or a password/],
    ['a long address', link({ url: `https://x.example/${'x'.repeat(TICKET_LIMITS.url)}` }), /at most 2000/],
  ])('refuses %s', (_name, stated, problem) => {
    const read = readTicket(stated);
    expect('problems' in read ? read.problems.join() : '').toMatch(problem);
  });

  it('tells the host that a link leads to', () => {
    expect(hostOf('https://jira.example:8443/FIN-7')).toBe('jira.example:8443');
    expect(hostOf(null)).toBeNull();
  });
});
