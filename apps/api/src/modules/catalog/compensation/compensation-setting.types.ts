import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CompensationAction } from '@throughline/contracts';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import type { PostingDateRule } from '../domain/compensation-rules.js';
import { catalogResult } from '../graphql/catalog-failure.type.js';
import { IntegrationType } from '../graphql/catalog.types.js';

/** Names of the API, values of the catalog. */
export const CompensationActionEnum = {
  REVERSE: 'reverse',
  CANCEL: 'cancel',
  NOTIFY: 'notify',
} as const satisfies Record<string, CompensationAction>;

registerEnumType(CompensationActionEnum, {
  name: 'CompensationAction',
  description: 'A document is reversed in its ledger, cancelled, or somebody is told of it',
});

const PostingDateRuleEnum = {
  ORIGINAL_OR_NEXT_OPEN: 'original-or-next-open',
  BY_TARGET: 'by-target',
} as const satisfies Record<string, PostingDateRule>;

registerEnumType(PostingDateRuleEnum, {
  name: 'PostingDateRule',
  description: 'The date of the document while its period is open, else in the next open one; or as the target says',
});

@ObjectType('DeclaredCompensation', { description: 'What an integration undoes or tells, and what proves it' })
export class DeclaredCompensationType {
  @Field(() => CompensationActionEnum)
  action!: CompensationAction;

  @Field(() => [String], { description: 'Kinds of document' })
  objectTypes!: readonly string[];

  @Field(() => [String], { description: 'Codes or categories of problems; none = all' })
  taxonomies!: readonly string[];

  @Field(() => String, { nullable: true, description: 'On the host of the target; null = the target itself' })
  path!: string | null;

  @Field(() => String, { nullable: true, description: 'Expected at the document, such as invoice.reversed' })
  proofActivity!: string | null;

  @Field(() => String, { nullable: true, description: 'workflow/milestone' })
  proofMilestone!: string | null;

  @Field(() => Int)
  withinMinutes!: number;

  @Field(() => PostingDateRuleEnum)
  postingDate!: PostingDateRule;
}

@InputType()
export class DeclaredCompensationInput {
  @Field(() => CompensationActionEnum)
  action!: CompensationAction;

  @Field(() => [String])
  objectTypes!: string[];

  @Field(() => [String], { nullable: true, description: 'Absent or none = all' })
  taxonomies?: string[] | null;

  @Field(() => String, { nullable: true })
  path?: string | null;

  @Field(() => String, { nullable: true })
  proofActivity?: string | null;

  @Field(() => String, { nullable: true })
  proofMilestone?: string | null;

  @Field(() => Int)
  withinMinutes!: number;

  @Field(() => PostingDateRuleEnum)
  postingDate!: PostingDateRule;
}

@ObjectType('CompensationSetting', { description: 'What an integration undoes or tells' })
export class CompensationSettingType {
  @Field(() => Int)
  version!: number;

  @Field(() => [DeclaredCompensationType])
  actions!: DeclaredCompensationType[];

  @Field(() => String)
  note!: string;

  @Field(() => String)
  changedByName!: string;

  @Field(() => DateTimeScalar)
  changedAt!: Date;
}

@ObjectType('CompensationSettingSaved')
export class CompensationSettingSavedType {
  @Field(() => IntegrationType)
  integration!: IntegrationType;
}

export const CompensationSettingResult = catalogResult('CompensationSettingResult', CompensationSettingSavedType);

@ArgsType()
export class SaveCompensationSettingArgs {
  @Field(() => String)
  integration!: string;

  @Field(() => Int, { description: 'The version that was seen; 0 = none' })
  basedOn!: number;

  @Field(() => [DeclaredCompensationInput])
  actions!: DeclaredCompensationInput[];

  @Field(() => String, { description: 'Why' })
  note!: string;
}
