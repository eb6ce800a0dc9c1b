import { count } from '../../shared/format/words.js';
import type { CombinedError } from 'urql';
import { describeFailure } from '../../shared/graphql/failure.js';
import type { ActProblem } from '../../shared/graphql/use-act.js';
import type { ExceptionRow } from './exception-documents.js';

/** What a dialog of an act needs. */
export type StateDialogProps = {
  rows: readonly ExceptionRow[];
  /** "O-100" or "3 exceptions" */
  subject: string;
  onClose: () => void;
  onDone: (words: string) => void;
};

/** "O-100", or "3 exceptions". */
export function subjectOf(rows: readonly ExceptionRow[]): string {
  const [only] = rows;
  return rows.length === 1 && only ? only.businessObject.key : count(rows.length, 'exception');
}

/** As they were seen: what somebody else changed meanwhile is not acted on. */
export function seen(rows: readonly ExceptionRow[]): { id: string; version: number }[] {
  return rows.map(({ id, version }) => ({ id, version }));
}

/** Why there is no reason to choose from. */
export function reasonsUnread(error: CombinedError | undefined): ActProblem | undefined {
  return error && { message: `The reasons could not be loaded: ${describeFailure(error).message}`, problems: [] };
}
