import type { FastifyReply } from 'fastify';
import { SESSION_COOKIE, SESSION_SECONDS } from './domain/session-token.js';

/** SameSite=Strict is half of the protection against forged requests; the other half is Apollo's csrfPrevention. */
function cookieText(value: string, maxAgeSeconds: number, publicUrl: string): string {
  const secure = publicUrl.startsWith('https://') ? '; Secure' : '';
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`;
}

/** Hands the session token to the browser; nothing to do over a connection that has no response. */
export function setSessionCookie(reply: FastifyReply | undefined, token: string, publicUrl: string): void {
  void reply?.header('set-cookie', cookieText(token, SESSION_SECONDS, publicUrl));
}

/** Takes it back. */
export function clearSessionCookie(reply: FastifyReply | undefined, publicUrl: string): void {
  void reply?.header('set-cookie', cookieText('', 0, publicUrl));
}
