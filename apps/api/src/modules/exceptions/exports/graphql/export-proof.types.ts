import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../../graphql/scalars.js';

@ObjectType('ExportProof', { description: 'What the record says of an export that gave a file, or rows, of a hash' })
export class ExportProofType {
  @Field(() => ID)
  exportId!: string;

  @Field(() => String, { description: 'file = the whole file is as it was given; rows = its rows are' })
  proves!: string;

  @Field(() => DateTimeScalar)
  exportedAt!: Date;

  @Field(() => String)
  exportedByName!: string;

  @Field(() => String)
  format!: string;

  @Field(() => String, { nullable: true, description: 'Name of the view, where it was one' })
  view!: string | null;

  @Field(() => [String], { description: 'The filter in words' })
  filter!: string[];

  @Field(() => DateTimeScalar, { description: 'What it holds was so at that moment' })
  asOf!: Date;

  @Field(() => Int)
  rows!: number;

  @Field(() => String)
  rowsSha256!: string;

  @Field(() => String)
  fileSha256!: string;

  @Field(() => Boolean, { description: 'The record is chained: it cannot have been changed since without being seen' })
  isSealed!: boolean;
}
