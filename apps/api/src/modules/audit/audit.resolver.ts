import { Args, Query, Resolver } from '@nestjs/graphql';
import { isStorableText } from '@throughline/canonical';
import { CodedError } from '../../graphql/coded-error.js';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { countAuditRecords, listAuditRecords, type AuditSelection } from './audit.repository.js';
import { AuditConnection, AuditLogArgs, AuditRecordType } from './graphql/audit-record.type.js';

function readSelection(filter: AuditSelection): AuditSelection {
  if (Object.values(filter).some((value) => typeof value === 'string' && !isStorableText(value))) {
    throw new CodedError('INVALID_INPUT', 'filter holds characters that no record can have');
  }
  return filter;
}

/** The audit log. */
@Resolver(() => AuditRecordType)
export class AuditResolver {
  @Query(() => AuditConnection, { description: 'Who did what and when, newest first' })
  @RequirePermission('audit.read')
  async auditLog(
    @Args() args: AuditLogArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<AuditRecordType>> {
    const page = readPage(args, 'audit', ['instant', 'uuid']);
    const selection = readSelection(args.filter ?? {});
    const tx = await operation.read();
    return toConnection({
      list: 'audit',
      page,
      rows: await listAuditRecords(tx, selection, page),
      cursorOf: (row) => [row.atText, row.id],
      nodeOf: (row) => ({ ...row, isSealed: row.sequence !== null }),
      count: () => countAuditRecords(tx, selection),
    });
  }
}
