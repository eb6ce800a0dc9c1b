import { Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { catalogResult } from './catalog-failure.type.js';
import { DefinitionVersionType } from './definition-version.type.js';

@ObjectType('MappingRuleView', {
  description: 'One rule of a mapping; the first whose condition is true maps a record',
})
export class MappingRuleViewType {
  @Field(() => String)
  name!: string;

  @Field(() => [String], { description: 'Globs over the type of the signal; none = every type' })
  types!: string[];

  @Field(() => String)
  when!: string;

  @Field(() => String, { nullable: true, description: 'Why what it takes tells nothing of finance' })
  ignore!: string | null;
}

@ObjectType('MappingVersion', { description: "A tenant's own version of a mapping" })
export class MappingVersionType extends DefinitionVersionType {
  @Field(() => String, { nullable: true, description: 'Why the worker cannot use it; the shipped version is in force' })
  fault!: string | null;
}

@ObjectType('Mapping', { description: 'How the messages of one kind of system become activities' })
export class MappingType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => [String])
  sourceKinds!: string[];

  @Field(() => [String], { description: 'Prefixes of CloudEvents types that it takes' })
  eventTypes!: string[];

  @Field(() => String, { description: 'What it reads, in words' })
  reads!: string;

  @Field(() => Boolean, { description: 'Part of the program: it can be tried, and has no definition to change' })
  isInCode!: boolean;

  @Field(() => Int, { description: '0 = none is in force yet' })
  activeVersion!: number;

  @Field(() => Boolean, { description: 'Comes with the product' })
  isShipped!: boolean;

  @Field(() => String, {
    description: 'YAML of the version in force; of the latest draft when none is; empty for one in code',
  })
  definition!: string;

  @Field(() => [MappingRuleViewType])
  rules!: MappingRuleViewType[];
}

@ObjectType('MappingConnection')
export class MappingConnection extends connectionOf<MappingType>('Mapping', () => MappingType) {}

@ObjectType('MappingSaved')
export class MappingSavedType {
  @Field(() => MappingType)
  mapping!: MappingType;
}

export const MappingResult = catalogResult('MappingResult', MappingSavedType);
