import { maskText, NIL_UUID } from '@throughline/canonical';
import { missingClaims } from '@throughline/lineage';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { encodeCursor, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import {
  LineageTrustArgs,
  LineageTrustType,
  OrphanConnection,
  OrphansArgs,
  OrphanType,
  type OrphanClaimType,
} from './graphql/orphan.types.js';
import {
  countOrphans,
  endOfLook,
  findTrust,
  listOrphans,
  MOST_PER_INTEGRATION,
  SHOWN_INTEGRATIONS,
  type OrphanPlace,
  type OrphanRow,
  type OrphanSearch,
  type TimeRange,
} from './orphan.repository.js';
import { WorkflowClocks } from './workflow-clocks.js';

const WEEK_MS = 7 * 86_400_000;

/** What lineage has no place for. */
@Resolver(() => OrphanType)
@RequirePermission('transaction.read')
export class OrphanResolver {
  constructor(private readonly clocks: WorkflowClocks) {}

  @Query(() => LineageTrustType)
  async lineageTrust(
    @Args() args: LineageTrustArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageTrustType> {
    const range = readRange(args, operation);
    const rows = await findTrust(await operation.read(), range);
    return {
      ...range,
      mostPerIntegration: MOST_PER_INTEGRATION,
      integrations: rows.slice(0, SHOWN_INTEGRATIONS),
      isTruncated: rows.length > SHOWN_INTEGRATIONS,
    };
  }

  @Query(() => OrphanConnection, {
    description:
      'Latest first. A page may hold few or none and still have a next one: each looks through 5 000 activities',
  })
  async orphans(@Args() args: OrphansArgs, @CurrentOperation() operation: Operation): Promise<Connection<OrphanType>> {
    const { integration, kind } = args.filter;
    const list = `orphans ${kind} ${integration}`;
    const page = readPage(args, list, ['instant', 'uuid', 'uuid']);
    const after = page.after as OrphanPlace | null;
    const search: OrphanSearch = { integration, kind, ...readRange(args.filter, operation) };
    const tx = await operation.read();
    const rows = await listOrphans(tx, search, page.first, after);
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const connection = toConnection({
      list,
      page,
      rows,
      cursorOf: (row) => placeOf(row, kind),
      nodeOf: (row) => this.toOrphan(row, kind, mayUnmask),
      count: () => countOrphans(tx, search),
    });
    if (rows.length <= page.first) {
      const end = await endOfLook(tx, search, after);
      if (end !== null) {
        return {
          ...connection,
          pageInfo: { ...connection.pageInfo, hasNextPage: true, endCursor: encodeCursor(list, end) },
        };
      }
    }
    return connection;
  }

  private toOrphan(row: OrphanRow, kind: OrphanType['kind'], mayUnmask: boolean): OrphanType {
    const { activityId, objectId, objectType, objectKey, message } = row;
    const shown = (text: string) => (mayUnmask ? text : maskText(text).value);
    return {
      ...row,
      id: kind === 'ACTIVITY' ? activityId : `${activityId}/${objectId ?? ''}`,
      kind,
      message: message === null ? null : shown(message),
      object:
        objectId === null || objectType === null || objectKey === null
          ? null
          : { id: objectId, type: objectType, key: objectKey },
      claims: kind === 'ACTIVITY' ? [claimOfActivity(row)] : this.claimsOf(row),
    };
  }

  private claimsOf({ objectType, upstream }: OrphanRow): OrphanClaimType[] {
    if (objectType === null) return [];
    return missingClaims(objectType, new Set(upstream), this.clocks.workflows).map((claim) => {
      const workflow = 'workflow' in claim ? claim.workflow : null;
      return {
        kind: claim.kind,
        workflow,
        workflowTitle: workflow === null ? null : (this.clocks.workflow(workflow)?.title ?? workflow),
        fromTypes: 'fromTypes' in claim ? [...claim.fromTypes] : [],
      };
    });
  }
}

/** A signal that no mapping took needs one; anything else needs to say what it was about. */
function claimOfActivity({ activityType }: OrphanRow): OrphanClaimType {
  const kind = activityType === 'signal.unmapped' ? 'map-signal' : 'name-object';
  return { kind, workflow: null, workflowTitle: null, fromTypes: [] };
}

function placeOf(row: OrphanRow, kind: OrphanType['kind']): OrphanPlace {
  const object = kind === 'ACTIVITY' ? null : row.objectId;
  return [row.occurredText, row.activityId, object ?? NIL_UUID];
}

function readRange({ from, to }: { from?: Date | null; to?: Date | null }, operation: Operation): TimeRange {
  const end = to ?? operation.now();
  const start = from ?? new Date(end.getTime() - WEEK_MS);
  if (start >= end) throw new CodedError('INVALID_INPUT', 'from must be before to');
  return { from: start, to: end };
}
