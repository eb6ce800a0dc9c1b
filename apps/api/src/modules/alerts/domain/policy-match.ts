/** An active policy: which problems, to which channel. */
export type Policy = { policyId: string; name: string; channelId: string; taxonomies: readonly string[] };

/** Whether a policy wants to hear of a problem: any when it names none, else each code that begins with one it names, at a joint. */
export function wants(policy: Policy, taxonomy: string): boolean {
  return (
    policy.taxonomies.length === 0 ||
    policy.taxonomies.some(
      (prefix) => taxonomy === prefix || taxonomy.startsWith(prefix.endsWith('.') ? prefix : `${prefix}.`),
    )
  );
}

/** Each escalation once per channel, by the first policy that leads to it. */
export function escalationTellings<T extends { taxonomy: string }>(
  policies: readonly Policy[],
  escalations: readonly T[],
): { policy: Policy; escalation: T }[] {
  return escalations.flatMap((escalation) => {
    const byChannel = new Map<string, Policy>();
    for (const policy of policies) {
      if (!byChannel.has(policy.channelId) && wants(policy, escalation.taxonomy))
        byChannel.set(policy.channelId, policy);
    }
    return [...byChannel.values()].map((policy) => ({ policy, escalation }));
  });
}

/** One notification to make: a policy and a group, told by the group's first exception. */
export type Telling<T> = { policy: Policy; exception: T };

/** Once per policy and group; of several new exceptions of a group the one with the most money tells it, then the oldest. */
export function tellings<T extends { groupId: string; taxonomy: string; amountMinor: bigint; openedAt: Date }>(
  policies: readonly Policy[],
  exceptions: readonly T[],
): Telling<T>[] {
  const first = new Map<string, T>();
  const ordered = [...exceptions].sort(
    (left, right) =>
      (left.amountMinor === right.amountMinor ? 0 : left.amountMinor > right.amountMinor ? -1 : 1) ||
      left.openedAt.getTime() - right.openedAt.getTime(),
  );
  for (const exception of ordered) {
    if (!first.has(exception.groupId)) {
      first.set(exception.groupId, exception);
    }
  }
  return policies.flatMap((policy) =>
    [...first.values()].filter((one) => wants(policy, one.taxonomy)).map((exception) => ({ policy, exception })),
  );
}
