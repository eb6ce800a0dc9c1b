import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { VALIDATIONS, type Validation } from '../domain/validation.js';

export const RequeueValidationEnum = Object.fromEntries(VALIDATIONS.map((name) => [name, name]));
registerEnumType(RequeueValidationEnum, { name: 'RequeueValidation' });

@ObjectType('RequeueValidatedItem', {
  description: 'What the target says of an item of the plan, without doing anything',
})
export class RequeueValidatedItemType {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => String)
  objectKey!: string;

  @Field(() => RequeueValidationEnum, { description: 'NOT_ASKED = the target has no such call, or gave no answer' })
  validation!: Validation;

  @Field(() => String, { description: 'What it said, or why it was not asked' })
  words!: string;
}
