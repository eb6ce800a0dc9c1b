import { Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';

/** What every version of something declared as YAML shows. */
@ObjectType({ isAbstract: true })
export abstract class DefinitionVersionType {
  @Field(() => Int)
  version!: number;

  @Field(() => String, { description: 'draft, active or retired' })
  state!: string;

  @Field(() => String)
  note!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  approvedAt!: Date | null;

  @Field(() => String, { description: 'YAML' })
  definition!: string;

  createdById!: string;

  approvedById!: string | null;
}
