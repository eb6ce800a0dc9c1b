import type { CompensationAction } from '@throughline/contracts';
import type { CompensationSettingRow } from '../compensation/compensation-setting.repository.js';
import { isDeclaredFor, type DeclaredCompensation } from './compensation-rules.js';

/** What of an exception decides which declarations are meant for it. */
export type CompensationSubject = {
  /** Of the document that is undone; null = it is not chosen yet. */
  objectType: string | null;
  taxonomy: string;
  /** Where it failed; null = at no integration. */
  integration: string | null;
};

export type ChosenDeclaration = DeclaredCompensation & { integration: string };

/** Every declaration that is meant for an exception: those of its own integration first, the others by name. */
export function declarationsFor(
  settings: readonly CompensationSettingRow[],
  subject: CompensationSubject,
): ChosenDeclaration[] {
  const rank = ({ integration }: CompensationSettingRow) => (integration === subject.integration ? 0 : 1);
  return settings
    .toSorted((one, other) => rank(one) - rank(other) || (one.integration < other.integration ? -1 : 1))
    .flatMap(({ integration, actions }) =>
      actions.filter((declared) => isDeclaredFor(declared, subject)).map((declared) => ({ ...declared, integration })),
    );
}

/** The one that counts for an action: what posted the document undoes it, where it says so. Null = nobody declares it. */
export function chooseDeclaration(
  settings: readonly CompensationSettingRow[],
  subject: CompensationSubject,
  action: CompensationAction,
): ChosenDeclaration | null {
  return declarationsFor(settings, subject).find((declared) => declared.action === action) ?? null;
}
