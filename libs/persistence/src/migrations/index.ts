/** Names of all migrations, in order. */
export const migrationNames: readonly string[] = [];
