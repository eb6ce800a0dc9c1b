import { Args, Query, Resolver } from '@nestjs/graphql';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { COUNT_NOTIFICATIONS, COUNT_POLICIES, listNotifications, listPolicies } from './alerts.repository.js';
import {
  AlertPolicyConnection,
  AlertPolicyType,
  NotificationConnection,
  NotificationType,
} from './graphql/alert.types.js';

const LIST = 'notifications';
const POLICIES = 'alertPolicies';

/** Who is told of what, and what was told. */
@Resolver(() => NotificationType)
@RequirePermission('alert.read')
export class AlertsResolver {
  @Query(() => AlertPolicyConnection, { description: 'By name' })
  async alertPolicies(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<AlertPolicyType>> {
    const page = readPage(args, POLICIES, ['text', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: POLICIES,
      page,
      rows: await listPolicies(tx, page),
      cursorOf: ({ name, id }) => [name, id],
      nodeOf: (row): AlertPolicyType => row,
      count: () => countRows(tx, COUNT_POLICIES, [tx.tenantId]),
    });
  }

  @Query(() => NotificationConnection, { description: 'Newest first' })
  async notifications(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<NotificationType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listNotifications(tx, page),
      cursorOf: (row) => [row.createdAtCursor, row.id],
      nodeOf: (row): NotificationType => row,
      count: () => countRows(tx, COUNT_NOTIFICATIONS, [tx.tenantId]),
    });
  }
}
