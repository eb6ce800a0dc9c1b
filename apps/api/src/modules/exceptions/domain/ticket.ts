/** A ticket in another system that is about the same problem. */
export type TicketLink = { system: string; number: string; url: string | null };

/** Longest name of a system, number and address. */
export const TICKET_LIMITS = { system: 60, number: 100, url: 2_000 } as const;

/** A link as it is kept, or all that is wrong with it. An address is never fetched; it is shown with its host. */
export function readTicket(stated: TicketLink): { ticket: TicketLink } | { problems: string[] } {
  const system = stated.system.trim();
  const number = stated.number.trim();
  const url = stated.url?.trim() ? stated.url.trim() : null;
  const problems = [
    ...lengthProblem('The system', system, TICKET_LIMITS.system),
    ...lengthProblem('The number', number, TICKET_LIMITS.number),
    ...(url === null ? [] : urlProblem(url)),
  ];
  return problems.length > 0
    ? { problems }
    : { ticket: { system, number, url: url === null ? null : new URL(url).href } };
}

/** Host of an address, as people see where a link leads; null = there is no address. */
export function hostOf(url: string | null): string | null {
  return url === null ? null : new URL(url).host;
}

function lengthProblem(what: string, text: string, max: number): string[] {
  // what cannot be seen could hide what is written
  if (text === '' || text.length > max || /\p{C}/u.test(text)) {
    return [`${what} has 1 to ${max} characters that can be seen`];
  }
  return [];
}

function urlProblem(text: string): string[] {
  if (text.length > TICKET_LIMITS.url) return [`The address has at most ${TICKET_LIMITS.url} characters`];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return ['The address is none: write it whole, with https://'];
  if (url.protocol !== 'https:') return [`The address begins with https://, not ${url.protocol}`];
  return url.username !== '' || url.password !== ''
    ? ['The address holds a user name or a password: leave them out']
    : [];
}
