import type { CompensationAction, DeclaredCompensationInput, PostingDateRule } from '../../gql/graphql.js';
import { joinWords } from '../../shared/format/money.js';
import { plainWords } from '../../shared/format/words.js';
import { ACT_WORDS, isUndoing } from '../../shared/status/action-words.js';
import type { DeclaredAction } from './compensation-setting-documents.js';

/** A declaration as it is edited: every field is text. */
export type EditedAction = {
  id: number;
  action: CompensationAction;
  objectTypes: string;
  taxonomies: string;
  path: string;
  /** An activity such as invoice.reversed, or workflow/milestone. */
  proof: string;
  withinMinutes: number;
  postingDate: PostingDateRule;
};

export function toEdited(declared: DeclaredAction, id: number): EditedAction {
  const { action, objectTypes, taxonomies, path, proofActivity, proofMilestone, withinMinutes, postingDate } = declared;
  return {
    ...{ id, action, withinMinutes, postingDate },
    objectTypes: objectTypes.join(', '),
    taxonomies: taxonomies.join(', '),
    path: path ?? '',
    proof: proofActivity ?? proofMilestone ?? '',
  };
}

export function newAction(id: number): EditedAction {
  return {
    ...{ id, action: 'REVERSE', objectTypes: '', taxonomies: '', path: '', proof: '' },
    withinMinutes: 60,
    postingDate: 'ORIGINAL_OR_NEXT_OPEN',
  };
}

/** As it is saved: what proves a notice is that it was taken, and it has no date. */
export function toInput(edited: EditedAction): DeclaredCompensationInput {
  const { action, objectTypes, taxonomies, path, withinMinutes, postingDate } = edited;
  const isUndo = isUndoing(action);
  const proof = isUndo ? edited.proof.trim() : '';
  const isMilestone = proof.includes('/');
  return {
    action,
    objectTypes: listIn(objectTypes),
    taxonomies: listIn(taxonomies),
    path: path.trim() === '' ? null : path.trim(),
    proofActivity: proof === '' || isMilestone ? null : proof,
    proofMilestone: isMilestone ? proof : null,
    withinMinutes,
    postingDate: isUndo ? postingDate : 'BY_TARGET',
  };
}

function listIn(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** "Reverse invoice and credit memo, notify of payment"; empty = nothing. */
export function declaredWords(actions: readonly Pick<DeclaredAction, 'action' | 'objectTypes'>[]): string {
  return actions
    .map(({ action, objectTypes }) => {
      const word = isUndoing(action) ? ACT_WORDS[action] : `${ACT_WORDS[action]} of`;
      return `${word} ${joinWords(objectTypes.map(plainWords))}`;
    })
    .join('; ');
}

/** The sentence of the page. */
export function settingAnswer(title: string, actions: readonly DeclaredAction[]): string {
  return actions.length === 0
    ? `${title} undoes nothing: nobody can reverse or cancel through it.`
    : `${title}: ${declaredWords(actions)}.`;
}
