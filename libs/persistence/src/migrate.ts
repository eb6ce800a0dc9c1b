/** Brings the database to this version's schema; safe to run again and by several processes at once. */
export async function migrate(options: { ownerUrl: string; appUrl: string; log: (message: string) => void }): Promise<void> {
  options.log('not migrated yet');
}
