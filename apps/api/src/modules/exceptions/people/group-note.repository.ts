import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import type { Mention } from '../domain/mentions.js';

/** A note on what all members of a group have in common. */
export type GroupNoteRow = {
  id: string;
  text: string;
  mentions: Mention[];
  /** Where it was written. */
  exceptionId: string | null;
  writtenAt: Date;
  writtenByName: string;
};

/** Notes of a group that are shown; those before them stay in the record. */
const MOST_SHOWN = 50;

/**
 * Notes per group, the latest first: of the group itself, of those that were made part of it, and of the one that it is a part of.
 * Fits Operation.loader.
 */
export async function findGroupNotes(tx: Tx, groupIds: readonly string[]): Promise<GroupNoteRow[][]> {
  const rows = await tx.query<GroupNoteRow & { groupId: string }>(
    `select a.asked as "groupId", n.* from unnest($2::uuid[]) as a(asked)
     cross join lateral (
       select n.note_id as id, n.text, n.mentions, n.exception_id as "exceptionId", n.written_at as "writtenAt",
              n.written_by_name as "writtenByName"
       from exception_group_note n
       where n.tenant_id = $1 and n.group_id in (
         select a.asked
         union all
         select g.group_id from exception_group g where g.tenant_id = $1 and g.merged_into = a.asked
         union all
         select g.parent_id from exception_group g where g.tenant_id = $1 and g.group_id = a.asked and g.parent_id is not null
       )
       order by n.written_at desc, n.note_id limit ${MOST_SHOWN}
     ) n
     order by n."writtenAt" desc, n.id`,
    [tx.tenantId, groupIds],
  );
  return groupIds.map((id) => rows.filter(({ groupId }) => groupId === id).map(({ groupId: _group, ...note }) => note));
}

/** Writes a note; answers its id. */
export async function insertGroupNote(
  tx: Tx,
  note: { groupId: string; exceptionId: string; text: string; mentions: readonly Mention[] },
  by: { personId: string; personName: string; at: Date },
): Promise<string> {
  const id = randomUUID();
  await tx.query(
    `insert into exception_group_note (tenant_id, group_id, note_id, exception_id, text, mentions, written_at, written_by,
                                       written_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.tenantId,
      note.groupId,
      id,
      note.exceptionId,
      note.text,
      JSON.stringify(note.mentions),
      by.at,
      by.personId,
      by.personName,
    ],
  );
  return id;
}
