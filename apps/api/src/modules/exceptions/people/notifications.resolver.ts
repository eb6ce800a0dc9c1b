import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { ChangeFeed, type Change } from '../../../graphql/change-feed.js';
import { readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireUuids } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation, type OperationContext } from '../../../graphql/operation.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { actOf, recordAct } from '../../catalog/index.js';
import { findPeople, PersonType, RequirePermission, type PersonRow } from '../../identity/index.js';
import { readExceptions } from '../exception-reader.js';
import { ExceptionType } from '../graphql/exception.types.js';
import {
  kindName,
  MyNotificationsArgs,
  PersonNotificationConnection,
  PersonNotificationType,
} from './graphql/notification.types.js';
import {
  countNotifications,
  listNotifications,
  markAllNotifications,
  markNotifications,
  NOTIFICATION_CURSOR_PARTS,
  type NotificationRow,
} from './notification.repository.js';

/** Exceptions of a notification that are shown with it. */
const MOST_SHOWN = 50;

/** What the viewer is to hear, live; nobody sees another person's. */
@Resolver(() => PersonNotificationType)
@RequirePermission('exception.read')
export class NotificationsResolver {
  constructor(private readonly feed: ChangeFeed) {}

  @Query(() => PersonNotificationConnection, { description: 'The viewer’s own, the latest first' })
  async myNotifications(
    @Args() args: MyNotificationsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<PersonNotificationType>> {
    const isUnreadOnly = args.unreadOnly ?? false;
    const list = `my notifications ${isUnreadOnly}`;
    const page = readPage(args, list, NOTIFICATION_CURSOR_PARTS);
    const tx = await operation.read();
    const { personId } = operation.viewer;
    return toConnection({
      list,
      page,
      rows: await listNotifications(tx, personId, isUnreadOnly, page),
      cursorOf: (row) => [row.atText, row.id],
      nodeOf: toNotification,
      count: () => countNotifications(tx, personId, isUnreadOnly),
    });
  }

  @Query(() => Int, { description: 'Exact to 10 000' })
  async myUnreadNotifications(@CurrentOperation() operation: Operation): Promise<number> {
    return unreadOf(operation);
  }

  @Subscription(() => Int, {
    description: 'How many are unread now, whenever that may have changed',
    resolve: (_change: Change, _args: unknown, context: OperationContext) => unreadOf(context.operation),
  })
  myUnreadNotificationsChanged(@CurrentOperation() operation: Operation): AsyncIterableIterator<Change> {
    const { tenantId, personId } = operation.viewer;
    return this.feed.changes(tenantId, 'notification', [personId]);
  }

  @ResolveField(() => [ExceptionType], { description: `The first ${MOST_SHOWN} that it is about` })
  async exceptions(
    @Parent() { exceptionIds }: PersonNotificationType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType[]> {
    return readExceptions(operation, exceptionIds.slice(0, MOST_SHOWN));
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'Whom the viewer stands in for' })
  async forPerson(
    @Parent() { forPersonId }: PersonNotificationType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return forPersonId === null ? null : operation.loader<string, PersonRow>('person', findPeople).load(forPersonId);
  }

  @Mutation(() => Int, { description: 'Answers how many are unread now; ids that are not the viewer’s are left alone' })
  async markNotifications(
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Args('isRead', { type: () => Boolean }) isRead: boolean,
    @CurrentOperation() operation: Operation,
  ): Promise<number> {
    const own = requireUuids(ids, 'ids');
    const act = actOf(operation);
    await operation.write(async (tx) => {
      const changed = await markNotifications(tx, act.viewer.personId, own, isRead ? act.now : null);
      const subject = { type: 'person', id: act.viewer.personId };
      if (changed > 0) await recordAct(tx, act, 'notifications.marked', subject, { ids: own, isRead });
    });
    return unreadOf(operation);
  }

  @Mutation(() => Int, { description: 'Those that came up to a time; answers how many are unread now' })
  async markAllNotificationsRead(
    @Args('upTo', { type: () => DateTimeScalar, description: 'When the viewer looked' }) upTo: Date,
    @CurrentOperation() operation: Operation,
  ): Promise<number> {
    const act = actOf(operation);
    await operation.write(async (tx) => {
      const count = await markAllNotifications(tx, act.viewer.personId, upTo, act.now);
      const subject = { type: 'person', id: act.viewer.personId };
      if (count > 0) await recordAct(tx, act, 'notifications.marked', subject, { upTo, count, isRead: true });
    });
    return unreadOf(operation);
  }
}

function toNotification({ kind, ...row }: NotificationRow): PersonNotificationType {
  return { ...row, kind: kindName(kind) };
}

async function unreadOf(operation: Operation): Promise<number> {
  return (await countNotifications(await operation.read(), operation.viewer.personId, true)).count;
}
