import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../../graphql/scalars.js';
import { NOTICE_KINDS, type NoticeKind } from '../../domain/notices.js';

type EnumName<K extends string> = K extends `${infer A}-${infer B}` ? `${Uppercase<A>}_${Uppercase<B>}` : Uppercase<K>;

export type NotificationKindName = EnumName<NoticeKind>;

/** assigned → ASSIGNED, approval-asked → APPROVAL_ASKED. */
export function kindName(kind: NoticeKind): NotificationKindName {
  return kind.toUpperCase().replaceAll('-', '_') as NotificationKindName;
}

export const PersonNotificationKindEnum = Object.fromEntries(
  NOTICE_KINDS.map((kind) => [kindName(kind), kindName(kind)]),
) as { [K in NotificationKindName]: K };

registerEnumType(PersonNotificationKindEnum, { name: 'PersonNotificationKind' });

@ObjectType('PersonNotification', { description: 'What the viewer is to hear' })
export class PersonNotificationType {
  @Field(() => ID)
  id!: string;

  @Field(() => PersonNotificationKindEnum)
  kind!: NotificationKindName;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  readAt!: Date | null;

  @Field(() => String, { description: 'Who did it' })
  actorName!: string;

  @Field(() => Int, { description: 'Exceptions that it is about' })
  count!: number;

  @Field(() => String, { description: 'Of the one it is about, or of one of them' })
  title!: string;

  @Field(() => JsonScalar, { description: 'The beginning of a note, the state, the decision, …' })
  details!: unknown;

  exceptionIds!: string[];
  forPersonId!: string | null;
}

@ObjectType('PersonNotificationConnection')
export class PersonNotificationConnection extends connectionOf<PersonNotificationType>(
  'PersonNotification',
  () => PersonNotificationType,
) {}

@ArgsType()
export class MyNotificationsArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, defaultValue: false })
  unreadOnly?: boolean | null;
}
