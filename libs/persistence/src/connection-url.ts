import { appRole, jobsRole } from './migrations/schema/initial/isolation.js';

/** The job runner's address: the owner's, in the role that owns the job schema. */
export function jobRunnerUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  const options = [url.searchParams.get('options'), `-c role=${jobsRole}`].filter(Boolean).join(' ');
  url.searchParams.delete('options');
  // URLSearchParams would write the blanks as `+`, which the driver does not read as blanks.
  const separator = url.search === '' ? '?' : '&';
  return `${url.href}${separator}options=${encodeURIComponent(options)}`;
}

/** The user that an address logs in as; throws when it names none. */
export function userOf(url: string, variable: string): string {
  const user = decodeURIComponent(new URL(url).username);
  if (user === '') throw new Error(`${variable} names no user: expected postgres://user:password@host:port/database`);
  return user;
}

/** True when every session of the address takes on the app role by itself: its user may then be the owner's. */
export function takesOnAppRole(url: string): boolean {
  const options = new URL(url).searchParams.get('options') ?? '';
  return options.split(/\s*-c\s*/).some((option) => option.trim() === `role=${appRole}`);
}
