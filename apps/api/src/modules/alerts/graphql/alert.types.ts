import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';

@ObjectType('AlertPolicy', { description: 'When somebody must be told, and where' })
export class AlertPolicyType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String], { description: 'Categories or codes of problems; none = all' })
  taxonomies!: string[];

  @Field(() => String)
  channelName!: string;

  @Field(() => Boolean)
  isActive!: boolean;
}

@ObjectType('AlertPolicyConnection')
export class AlertPolicyConnection extends connectionOf('AlertPolicy', () => AlertPolicyType) {}

@ObjectType('Notification', { description: 'One message to one channel' })
export class NotificationType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'PENDING, DELIVERED or FAILED' })
  state!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  deliveredAt!: Date | null;

  @Field(() => Int)
  attempts!: number;

  @Field(() => String, { nullable: true })
  lastError!: string | null;

  @Field(() => String)
  text!: string;

  @Field(() => ID)
  exceptionId!: string;

  @Field(() => String)
  policyName!: string;

  @Field(() => String)
  channelName!: string;
}

@ObjectType('NotificationConnection')
export class NotificationConnection extends connectionOf<NotificationType>('Notification', () => NotificationType) {}
