import { ArgsType, Field, Float, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf, PageArgs } from '../../../graphql/connection.js';
import { DateTimeScalar, JsonScalar } from '../../../graphql/scalars.js';

@ObjectType('FileControl', { description: 'A total that a file states, and what its records come to' })
export class FileControlType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  scope!: string;

  @Field(() => String, { nullable: true, description: 'balance, amount or count' })
  kind!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217; null for counts and for sums over several currencies',
  })
  currency!: string | null;

  @Field(() => String, { description: 'As the file states it' })
  expected!: string;

  @Field(() => String)
  actual!: string;

  @Field(() => Boolean)
  isMet!: boolean;
}

@ObjectType('File', { description: 'A file taken in; each of its records is a signal' })
export class FileType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  format!: string;

  @Field(() => String, { nullable: true })
  sourceSystem!: string | null;

  @Field(() => String, { nullable: true })
  layout!: string | null;

  @Field(() => Float)
  sizeBytes!: number;

  @Field(() => Int)
  records!: number;

  @Field(() => DateTimeScalar)
  receivedAt!: Date;

  @Field(() => String, { description: 'SHA-256, lower-case hex' })
  contentHash!: string;

  @Field(() => JsonScalar, { description: 'What the file says of itself; bank accounts masked' })
  header!: unknown;

  @Field(() => [FileControlType])
  controls!: FileControlType[];

  @Field(() => Boolean)
  hasControlBreak!: boolean;
}

@ObjectType('FileConnection')
export class FileConnection extends connectionOf<FileType>('File', () => FileType) {}

@InputType('FileFilter')
export class FileFilterInput {
  @Field(() => [String], { nullable: true })
  formats?: string[] | null;

  @Field(() => [String], { nullable: true })
  sourceSystems?: string[] | null;

  @Field(() => Boolean, { nullable: true })
  hasControlBreak?: boolean | null;
}

@ArgsType()
export class FilesArgs extends PageArgs {
  @Field(() => FileFilterInput, { nullable: true })
  filter?: FileFilterInput | null;
}
