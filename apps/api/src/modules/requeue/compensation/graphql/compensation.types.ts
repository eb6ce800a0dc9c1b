import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CompensationAction, RequestAction } from '@throughline/contracts';
import { CompensationActionEnum } from '../../../catalog/index.js';
import { ActFailureType, ExceptionType } from '../../../exceptions/index.js';
import { CertifiedActivityType } from '../../graphql/certificate.types.js';
import { RequeueNeededApprovalType, RequeueSumType, RequeueWaitingType } from '../../graphql/plan.types.js';
import { RequeueRequestType } from '../../graphql/requeue.types.js';
import { NOT_COMPENSATED_CODES } from '../domain/compensation-plan.js';

/** Names of the API, values of requests. */
export const RequestActionEnum = { REQUEUE: 'requeue', ...CompensationActionEnum } as const satisfies Record<
  string,
  RequestAction
>;

registerEnumType(RequestActionEnum, {
  name: 'RequeueAction',
  description: 'What a request asks of its targets: to take a payload again, or to undo or tell of a document',
});

@ObjectType('CompensableDocument')
export class CompensableDocumentType {
  @Field(() => ID)
  objectId!: string;

  @Field(() => String)
  type!: string;

  @Field(() => String)
  key!: string;
}

@ObjectType('FollowingDocument', { description: 'What follows from a document in one step' })
export class FollowingDocumentType extends CompensableDocumentType {
  @Field(() => String, { description: 'How it follows, such as settles' })
  qualifier!: string;

  @Field(() => Boolean, { description: 'It has to be undone before' })
  mustGoFirst!: boolean;
}

@ObjectType('CompensationPlanItem')
export class CompensationPlanItemType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => String, { nullable: true })
  integration!: string | null;

  @Field(() => CompensableDocumentType, { nullable: true, description: 'What is undone or told of' })
  document!: CompensableDocumentType | null;

  @Field(() => [CompensableDocumentType], { description: 'Between which a person chooses' })
  choices!: CompensableDocumentType[];

  @Field(() => Boolean)
  willSend!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is left out' })
  reason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: `Why in a word: ${NOT_COMPENSATED_CODES.join(', ')}`,
  })
  code!: string | null;

  @Field(() => [ID], { description: 'Exceptions whose documents are undone before' })
  after!: readonly string[];

  @Field(() => String, { nullable: true, description: 'A date in an open period; null = the target decides' })
  postingDate!: string | null;

  @Field(() => String, { nullable: true, description: 'The own period of the document, where that is closed' })
  closedPeriod!: string | null;

  @Field(() => [FollowingDocumentType])
  following!: readonly FollowingDocumentType[];
}

@ObjectType('CompensationPlan', {
  description: 'What would be undone or told, what that does to money, and what depends on it',
})
export class CompensationPlanType {
  @Field(() => CompensationActionEnum)
  action!: CompensationAction;

  @Field(() => [CompensationPlanItemType])
  items!: CompensationPlanItemType[];

  @Field(() => [RequeueSumType], { description: 'What it does to money: what is taken back is negative' })
  effect!: RequeueSumType[];

  @Field(() => [RequeueSumType])
  leftOut!: RequeueSumType[];

  @Field(() => [RequeueWaitingType], { description: 'Steps and hubs that depend on what is undone' })
  waiting!: RequeueWaitingType[];

  @Field(() => RequeueNeededApprovalType, { nullable: true })
  approval!: RequeueNeededApprovalType | null;
}

@ObjectType('CompensationAccepted')
export class CompensationAcceptedType {
  @Field(() => RequeueRequestType)
  request!: RequeueRequestType;

  @Field(() => [ExceptionType])
  exceptions!: ExceptionType[];

  @Field(() => CompensationPlanType)
  plan!: CompensationPlanType;
}

export const CompensationResult = createUnionType({
  name: 'CompensationResult',
  types: () => [CompensationAcceptedType, ActFailureType] as const,
  resolveType: (value: object) => ('request' in value ? CompensationAcceptedType : ActFailureType),
});

@InputType()
export class CompensationDocumentInput {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => ID)
  objectId!: string;
}

@ObjectType('OfferedCompensation', { description: 'What is declared for an exception like this' })
export class OfferedCompensationType {
  @Field(() => CompensationActionEnum)
  action!: CompensationAction;

  @Field(() => String)
  integration!: string;
}

@ObjectType('RequestedCompensation', { description: 'What an attempt undoes or tells of, as it was frozen' })
export class RequestedCompensationType {
  @Field(() => CompensationActionEnum)
  action!: CompensationAction;

  @Field(() => CompensableDocumentType)
  document!: CompensableDocumentType;

  @Field(() => String, { nullable: true, description: 'Null = the target decides' })
  postingDate!: string | null;

  @Field(() => String, { nullable: true, description: 'Activity or workflow/milestone; null = the acknowledgement' })
  provedBy!: string | null;
}

@ObjectType('CertifiedCompensation', { description: 'What an attempt undid, and by which documents' })
export class CertifiedCompensationType extends RequestedCompensationType {
  @Field(() => [CertifiedActivityType], { description: 'What undid the document; oldest first' })
  undoneBy!: CertifiedActivityType[];
}
