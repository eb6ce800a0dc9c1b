import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { catalogResult } from './catalog-failure.type.js';
import { IntegrationType } from './catalog.types.js';

@ObjectType('CorrectionSetting', { description: 'What of the payloads of an integration may be corrected' })
export class CorrectionSettingType {
  @Field(() => Int)
  version!: number;

  @Field(() => [String], { description: 'JSON pointers, * for positions of lists' })
  fields!: string[];

  @Field(() => String, { nullable: true, description: 'Event type whose contract the payload keeps' })
  contractType!: string | null;

  @Field(() => String)
  note!: string;

  @Field(() => String)
  changedByName!: string;

  @Field(() => DateTimeScalar)
  changedAt!: Date;
}

@ObjectType('CorrectionSettingSaved')
export class CorrectionSettingSavedType {
  @Field(() => IntegrationType)
  integration!: IntegrationType;
}

export const CorrectionSettingResult = catalogResult('CorrectionSettingResult', CorrectionSettingSavedType);

@ArgsType()
export class SaveCorrectionSettingArgs {
  @Field(() => String)
  integration!: string;

  @Field(() => Int, { description: 'The version that was seen; 0 = none' })
  basedOn!: number;

  @Field(() => [String])
  fields!: string[];

  @Field(() => String, { nullable: true })
  contractType?: string | null;

  @Field(() => String, { description: 'Why' })
  note!: string;
}
