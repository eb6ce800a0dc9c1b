import { useCallback } from 'react';
import { useClient } from 'urql';
import { PreviewBulkActDocument } from '../../shared/bulk/bulk-documents.js';
import type { ExceptionRow } from './exception-documents.js';

/** What must be known before exceptions are given to a person: nothing, or warnings and who stands in. */
export type AssignPreview = { warnings: readonly string[]; deputyName: string | null };

const NOTHING: AssignPreview = { warnings: [], deputyName: null };

/** Looks before exceptions are assigned. Where that cannot be told, assigning itself says what is wrong. */
export function useAssignPreview(
  rows: readonly Pick<ExceptionRow, 'id' | 'version'>[],
): (ownerId: string) => Promise<AssignPreview> {
  const client = useClient();
  return useCallback(
    async (ownerId: string) => {
      const selection = { exceptions: rows.map(({ id, version }) => ({ id, version })) };
      const act = { kind: 'ASSIGN' as const, ownerId };
      const result = await client
        .query(PreviewBulkActDocument, { selection, act }, { requestPolicy: 'network-only' })
        .toPromise();
      const preview = result.data?.previewBulkAct;
      if (preview?.__typename !== 'BulkActPreview') return NOTHING;
      return { warnings: preview.warnings, deputyName: preview.deputyName ?? null };
    },
    [client, rows],
  );
}
