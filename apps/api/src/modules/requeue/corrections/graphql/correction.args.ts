import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { PayloadEditInput } from './correction.types.js';

@ArgsType()
export class CorrectionArgs {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => Int, { description: 'The version that was seen' })
  basedOn!: number;

  @Field(() => [PayloadEditInput])
  edits!: PayloadEditInput[];

  @Field(() => String)
  reason!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Facts of a posting are changed here, not at their source',
  })
  isConfirmed?: boolean | null;
}

@ArgsType()
export class RawCorrectionArgs {
  @Field(() => ID)
  exceptionId!: string;

  @Field(() => Int, { description: 'The version that was seen' })
  basedOn!: number;

  @Field(() => String, { description: 'The payload as a whole; masked values stay as they are shown' })
  payloadJson!: string;
}

@ObjectType('PayloadEdit', { description: 'As correctException takes it' })
export class PayloadEditType {
  @Field(() => String, { description: 'JSON pointer' })
  pointer!: string;

  @Field(() => String, { nullable: true })
  to!: string | null;
}
