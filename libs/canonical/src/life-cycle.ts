/** One step of a declared life: leads from any of these states to one. */
export type LifeStep<State extends string> = { step: string; from: readonly State[]; to: State };

/** A life as data: where it begins, how it goes on, and where nothing more happens. */
export type Life<State extends string> = {
  states: readonly State[];
  starts: readonly State[];
  ends: readonly State[];
  steps: readonly LifeStep<State>[];
};

/** What is wrong with a life; empty = every state can be reached, and left until it is ended. */
export function faultsOfLife<State extends string>({ states, starts, ends, steps }: Life<State>): string[] {
  const names = steps.map(({ step }) => step);
  const faults = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `step ${name} is declared twice`);
  const reached = closure(
    new Set(starts),
    (from) => new Set(steps.filter((one) => one.from.some((state) => from.has(state))).map(({ to }) => to)),
  );
  const ending = closure(
    new Set(ends),
    (to) => new Set(steps.filter((one) => to.has(one.to)).flatMap(({ from }) => from)),
  );
  for (const state of states) {
    if (!reached.has(state)) faults.push(`state ${state} cannot be reached from ${starts.join(' or ')}`);
    if (!ending.has(state)) faults.push(`from state ${state} there is no way to an end`);
    if (ends.includes(state) && steps.some(({ from }) => from.includes(state))) {
      faults.push(`state ${state} is an end and goes on`);
    }
  }
  return faults;
}

function closure<State extends string>(
  from: ReadonlySet<State>,
  next: (states: ReadonlySet<State>) => ReadonlySet<State>,
): ReadonlySet<State> {
  const grown = new Set([...from, ...next(from)]);
  return grown.size === from.size ? from : closure(grown, next);
}

/** The state after a step; null when it is not possible now. */
export function afterStep<State extends string>(
  steps: readonly LifeStep<State>[],
  state: State,
  step: string,
): State | null {
  const found = steps.find((one) => one.step === step);
  return found?.from.includes(state) ? found.to : null;
}

/** Throws when a declared life is broken; called when the program starts. */
export function proveLife<State extends string>(name: string, life: Life<State>): void {
  const faults = faultsOfLife(life);
  if (faults.length > 0) throw new Error(`the life cycle of ${name} is broken: ${faults.join('; ')}`);
}
