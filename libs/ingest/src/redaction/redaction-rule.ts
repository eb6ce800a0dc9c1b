import { SIGNAL_KINDS } from '@throughline/canonical';
import { compilePath, InvalidPath } from './path-matcher.js';
import { REDACTION_ACTIONS, type RedactionAction } from './redaction-action.js';

/** A rule that is applied before anything is stored: the columns of a row of the table `redaction_rule`. */
export type RedactionRule = {
  /** '' = every source system. */
  sourceSystem: string;
  /** '' = every kind of signal. */
  signalKind: string;
  /**
   * A JSON pointer into the body (`*` = any member or element, `**` = any depth; positions in lists may be left out), or
   * without a leading slash the name of an attribute, in which `*` stands for any characters.
   */
  path: string;
  action: RedactionAction;
};

/** A rule that cannot be applied; what it should protect must not be stored as long as it is in force. */
export class InvalidRedactionRule extends Error {
  override readonly name = 'InvalidRedactionRule';
}

const LONGEST_PATH = 500;

/** Why a rule cannot be applied, in words; undefined when it can. */
export function redactionRuleProblem(rule: RedactionRule): string | undefined {
  const { path, action, signalKind } = rule;
  if (!(REDACTION_ACTIONS as readonly string[]).includes(action)) return `the action must be drop, mask or hash`;
  if (signalKind !== '' && !(SIGNAL_KINDS as readonly string[]).includes(signalKind)) {
    return `the kind of signal must be one of ${SIGNAL_KINDS.join(', ')}`;
  }
  if (path.trim() === '' || path.length > LONGEST_PATH) return `the path must have 1 to ${LONGEST_PATH} characters`;
  if (!isPointer(path)) return /[\s/]/.test(path) ? 'the name of an attribute holds no blank and no slash' : undefined;
  try {
    compilePath(path);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidPath) return error.message;
    throw error;
  }
}

/** True for a path into the body, false for the name of an attribute. */
export function isPointer(path: string): boolean {
  return path.startsWith('/');
}
