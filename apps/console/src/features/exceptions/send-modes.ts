import type { RequeueMode } from '../../gql/graphql.js';

/** What is sent: the payload that failed, a corrected version of it, or nothing but the wish that the source extract it anew. */
export type SendChoice = { mode: 'AS_IS' } | { mode: 'EXTRACT_ANEW' } | { mode: 'CORRECTED'; version: number };

/** What the request says of it; nothing where it is sent as it is. */
export function choiceVariables(
  choice: SendChoice,
  exceptionIds: readonly string[],
): { mode?: RequeueMode; versions?: { exceptionId: string; payloadVersion: number }[] } {
  if (choice.mode === 'AS_IS') return {};
  if (choice.mode === 'EXTRACT_ANEW') return { mode: choice.mode };
  return {
    mode: choice.mode,
    versions: exceptionIds.map((exceptionId) => ({ exceptionId, payloadVersion: choice.version })),
  };
}

/** What goes out, in the middle of a sentence. */
export function choiceWords(choice: SendChoice): string {
  if (choice.mode === 'CORRECTED') return `version ${choice.version} of the payload, as it was corrected`;
  return choice.mode === 'AS_IS' ? 'the payload as it was received' : 'the wish to extract it anew, without a payload';
}

/** What an attempt sent, where that was not simply what failed. */
export function sentWords({ mode, payloadVersion }: { mode: RequeueMode; payloadVersion: number | null }): string {
  if (mode === 'CORRECTED') return ` · corrected, version ${String(payloadVersion)}`;
  return mode === 'EXTRACT_ANEW' ? ' · extracted anew at its source' : '';
}
