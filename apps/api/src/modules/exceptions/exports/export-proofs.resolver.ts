import { Args, Query, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { CodedError } from '../../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { findAuditRecordsOf, type SubjectRecord } from '../../audit/index.js';
import { RequirePermission } from '../../identity/index.js';
import { findExportProofs, type FoundProof } from './export-proof.repository.js';
import { ExportProofType } from './graphql/export-proof.types.js';

const SHA_256 = /^[0-9a-f]{64}$/;

const recordedExport = z.object({
  format: z.string(),
  view: z.string().nullable(),
  filterInWords: z.array(z.object({ what: z.string(), values: z.string() })),
  asOf: z.iso.datetime(),
  rows: z.number(),
  rowsSha256: z.string(),
  fileSha256: z.string(),
});

/** Proves that a file came from here, by its hash or that of its rows. */
@Resolver(() => ExportProofType)
@RequirePermission('audit.read')
export class ExportProofsResolver {
  @Query(() => [ExportProofType], {
    description:
      'Exports whose file, or whose rows, have this SHA-256 (hex); none = nothing that was exported here has it',
  })
  async verifyExport(
    @Args('hash', { type: () => String }) hash: string,
    @CurrentOperation() operation: Operation,
  ): Promise<ExportProofType[]> {
    const wanted = hash.trim().toLowerCase();
    if (!SHA_256.test(wanted)) throw new CodedError('INVALID_INPUT', 'hash must be a SHA-256 in hex, 64 characters');
    const tx = await operation.read();
    const found = await findExportProofs(tx, wanted);
    const ids = [...new Set(found.map(({ exportId }) => exportId))];
    const records = await findAuditRecordsOf(tx, { type: 'export', ids }, 'exceptions.exported');
    const byId = new Map(records.map((record) => [record.subjectId, record]));
    return found
      .flatMap((proof) => toProof(proof, byId.get(proof.exportId), wanted) ?? [])
      .toSorted((left, right) => right.exportedAt.getTime() - left.exportedAt.getTime());
  }
}

/** What the record itself says; the index beside it proves nothing, so a record that knows another hash is no proof. */
function toProof(
  { exportId, of }: FoundProof,
  record: SubjectRecord | undefined,
  hash: string,
): ExportProofType | null {
  if (record === undefined) return null;
  const { filterInWords, asOf, ...told } = recordedExport.parse(record.details);
  if ((of === 'rows' ? told.rowsSha256 : told.fileSha256) !== hash) return null;
  return {
    ...told,
    exportId,
    proves: of,
    exportedAt: record.at,
    exportedByName: record.actorName,
    filter: filterInWords.map(({ what, values }) => `${what}: ${values}`),
    asOf: new Date(asOf),
    isSealed: record.isSealed,
  };
}
