import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from '../graphql/catalog-failure.type.js';

@ObjectType('CsvLayoutVersion', { description: "A tenant's own version of a CSV layout" })
export class CsvLayoutVersionType {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  definition!: string;

  @Field(() => String)
  note!: string;

  @Field(() => String)
  createdByName!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@ObjectType('CsvLayout', { description: 'How the rows of a CSV file are read and what they mean' })
export class CsvLayoutType {
  @Field(() => String, { description: 'As ?layout= of a file names it' })
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Int, { description: 'The version that takes files' })
  version!: number;

  @Field(() => Boolean, { description: 'Comes with the product' })
  isShipped!: boolean;

  @Field(() => [String], { description: 'In the header row' })
  columns!: string[];

  @Field(() => String, { description: 'YAML' })
  definition!: string;
}

@ObjectType('CsvLayoutConnection')
export class CsvLayoutConnection extends connectionOf<CsvLayoutType>('CsvLayout', () => CsvLayoutType) {}

@ObjectType('CsvLayoutSaved')
export class CsvLayoutSavedType {
  @Field(() => CsvLayoutType)
  layout!: CsvLayoutType;
}

export const CsvLayoutResult = catalogResult('CsvLayoutResult', CsvLayoutSavedType);

@ArgsType()
export class SaveCsvLayoutArgs {
  @Field(() => String)
  name!: string;

  @Field(() => Int, { description: 'The version that was seen; 0 = none' })
  basedOn!: number;

  @Field(() => String, { description: 'YAML' })
  definition!: string;

  @Field(() => String, { description: 'Why' })
  note!: string;
}
