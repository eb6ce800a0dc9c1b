/** A redaction rule is in force for a body that cannot be read, so that nobody can tell whether it holds what must go. */
export class UnredactableBody extends Error {
  override readonly name = 'UnredactableBody';
}
