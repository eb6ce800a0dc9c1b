import type { RequestAction } from '@throughline/contracts';
import type { RequeueTarget } from '../../../catalog/index.js';

/** Kinds of target that are given the body as it is; the others make a call of their own of it, which only runs something again. */
const CARRYING: ReadonlySet<RequeueTarget['adapter']> = new Set(['webhook', 'amqp']);

/** Whether a target takes what undoes or tells something; a path of its own needs an address over HTTP. */
export function takesCompensations({ adapter }: Pick<RequeueTarget, 'adapter'>, path: string | null): boolean {
  return path === null ? CARRYING.has(adapter) : adapter === 'webhook';
}

/** The target as an attempt goes to it; null = it takes no such request. */
export function targetOfAction(
  target: RequeueTarget,
  { action, path }: { action: RequestAction; path: string | null },
): RequeueTarget | null {
  if (action === 'requeue') return target;
  if (!takesCompensations(target, path)) return null;
  // its status call tells of what is sent again, and may not know of what goes to another address
  return path === null ? target : { ...target, url: addressOnHost(target.url, path), statusUrl: null };
}

/** A declared path on the host of an integration's target, whatever path that has itself. Throws where it would leave the host. */
export function addressOnHost(target: string, path: string): string {
  const base = new URL(target);
  const address = new URL(path, base.origin);
  if (address.origin !== base.origin) throw new Error(`${path} is not on the host of the target`);
  return address.href;
}
