import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { PageArgs, connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { ObjectReferenceType } from './object.types.js';

export const OrphanKind = { ACTIVITY: 'ACTIVITY', OBJECT: 'OBJECT' } as const;

export type OrphanKind = (typeof OrphanKind)[keyof typeof OrphanKind];

registerEnumType(OrphanKind, {
  name: 'OrphanKind',
  valuesMap: {
    ACTIVITY: { description: 'An activity that names no business object' },
    OBJECT: { description: 'A document that is in no transaction of any workflow' },
  },
});

@ObjectType('IntegrationTrust', {
  description: 'What became of the latest activities of an integration within a time range',
})
export class IntegrationTrustType {
  @Field(() => String, { description: 'Empty for what names no integration' })
  integration!: string;

  @Field(() => Int)
  lookedAt!: number;

  @Field(() => Int, { description: 'They name no business object' })
  withoutObject!: number;

  @Field(() => Int, { description: 'They name documents, none of which is in a transaction' })
  outsideTransactions!: number;

  @Field(() => Int, { description: 'They name master data alone, which is never in a transaction' })
  masterDataOnly!: number;

  @Field(() => Int)
  inTransactions!: number;

  @Field(() => Boolean, { description: 'There are older ones in the range that were not looked at' })
  isCapped!: boolean;
}

@ObjectType('LineageTrust', { description: 'How far lineage can be trusted: what of the reports it has a place for' })
export class LineageTrustType {
  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar)
  to!: Date;

  @Field(() => Int, { description: 'Activities that are looked at of each integration, the latest first' })
  mostPerIntegration!: number;

  @Field(() => [IntegrationTrustType], { description: 'Those with activities in the range, by name' })
  integrations!: IntegrationTrustType[];

  @Field(() => Boolean, { description: 'There are more integrations than are shown' })
  isTruncated!: boolean;
}

@ObjectType('OrphanClaim', { description: 'What would bring it into a transaction' })
export class OrphanClaimType {
  @Field(() => String, {
    description:
      'no-workflow, missing-link, upstream-unclaimed, link-not-followed, own-transaction-due; of an activity: map-signal, name-object',
  })
  kind!: string;

  @Field(() => String, { nullable: true })
  workflow!: string | null;

  @Field(() => String, { nullable: true })
  workflowTitle!: string | null;

  @Field(() => [String], { description: 'Types of the objects that the link comes from' })
  fromTypes!: string[];
}

@ObjectType('Orphan', { description: 'An activity without a business object, or a document in no transaction' })
export class OrphanType {
  @Field(() => ID)
  id!: string;

  @Field(() => OrphanKind)
  kind!: OrphanKind;

  @Field(() => String)
  activityType!: string;

  @Field(() => DateTimeScalar, { description: 'Of the activity, or of the latest one that names the document' })
  occurredAt!: Date;

  @Field(() => String)
  system!: string;

  @Field(() => String)
  signalKind!: string;

  @Field(() => ID)
  signalId!: string;

  @Field(() => String, { nullable: true })
  message!: string | null;

  @Field(() => ObjectReferenceType, {
    nullable: true,
    description: 'The document; of an activity its run, file or signal',
  })
  object!: ObjectReferenceType | null;

  @Field(() => [OrphanClaimType])
  claims!: OrphanClaimType[];
}

@ObjectType('OrphanConnection')
export class OrphanConnection extends connectionOf<OrphanType>('Orphan', () => OrphanType) {}

@InputType('OrphanFilter')
export class OrphanFilterInput {
  @Field(() => String, { description: 'As activities name it; empty for those that name none' })
  integration!: string;

  @Field(() => OrphanKind)
  kind!: OrphanKind;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Seven days ago when not given' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Now when not given; exclusive' })
  to?: Date | null;
}

@ArgsType()
export class LineageTrustArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Seven days ago when not given' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Now when not given; exclusive' })
  to?: Date | null;
}

@ArgsType()
export class OrphansArgs extends PageArgs {
  @Field(() => OrphanFilterInput)
  filter!: OrphanFilterInput;
}
