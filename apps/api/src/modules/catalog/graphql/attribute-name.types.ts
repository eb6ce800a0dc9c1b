import { ArgsType, Field, InputType, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { catalogResult } from './catalog-failure.type.js';

@ObjectType('AttributeName', { description: 'What a team calls a finance attribute on its spans and log records' })
export class AttributeNameType {
  @Field(() => String, { description: 'Empty = every service' })
  serviceName!: string;

  @Field(() => String)
  attribute!: string;

  @Field(() => String, { description: 'e.g. finance.legal_entity' })
  financeAttribute!: string;
}

@ObjectType('AttributeNameConnection')
export class AttributeNameConnection extends connectionOf<AttributeNameType>(
  'AttributeName',
  () => AttributeNameType,
) {}

@ObjectType('AttributeNamesSaved')
export class AttributeNamesSavedType {
  @Field(() => [AttributeNameType], { description: 'All of the service' })
  names!: AttributeNameType[];
}

export const AttributeNamesResult = catalogResult('AttributeNamesResult', AttributeNamesSavedType);

@InputType('AttributeNameInput')
export class AttributeNameInput {
  @Field(() => String)
  attribute!: string;

  @Field(() => String)
  financeAttribute!: string;
}

@ArgsType()
export class SaveAttributeNamesArgs {
  @Field(() => String, { nullable: true, defaultValue: '' })
  serviceName?: string | null;

  @Field(() => [AttributeNameInput])
  names!: AttributeNameInput[];
}
