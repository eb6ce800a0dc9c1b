/** Why Throughline cannot start or go on, in one message for people: what, where, what to do. */
export class LaunchProblem extends Error {
  override readonly name = 'LaunchProblem';
}
