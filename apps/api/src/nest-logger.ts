import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@throughline/observability';

/** Nest's own messages as facts of ours; its start-up chatter goes to debug. */
export function nestLogger(log: Logger): LoggerService {
  const facts = (rest: readonly unknown[]) => ({ context: rest.at(-1) });
  return {
    log: (message: unknown, ...rest: unknown[]) => log.debug(facts(rest), String(message)),
    debug: (message: unknown, ...rest: unknown[]) => log.debug(facts(rest), String(message)),
    verbose: (message: unknown, ...rest: unknown[]) => log.debug(facts(rest), String(message)),
    warn: (message: unknown, ...rest: unknown[]) => log.warn(facts(rest), String(message)),
    error: (message: unknown, ...rest: unknown[]) =>
      log.error({ ...facts(rest), err: message }, 'Nest reports an error'),
    fatal: (message: unknown, ...rest: unknown[]) =>
      log.error({ ...facts(rest), err: message }, 'Nest reports an error'),
  };
}
