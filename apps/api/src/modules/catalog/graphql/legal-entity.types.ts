import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { catalogResult } from './catalog-failure.type.js';
import { LegalEntityType } from './catalog.types.js';

@ObjectType('BusinessCalendar', { description: 'Business hours and holidays that due times are counted by' })
export class BusinessCalendarType {
  @Field(() => String, { description: 'As legal entities name it, e.g. TARGET' })
  name!: string;

  @Field(() => String)
  title!: string;
}

@ObjectType('LegalEntitySaved')
export class LegalEntitySavedType {
  @Field(() => LegalEntityType)
  legalEntity!: LegalEntityType;
}

export const LegalEntityResult = catalogResult('LegalEntityResult', LegalEntitySavedType);

@ArgsType()
export class SaveLegalEntityArgs {
  @Field(() => String, { description: 'As the systems write it, e.g. DE01' })
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'Two letters; the region that it counts to' })
  country!: string;

  @Field(() => String)
  currency!: string;

  @Field(() => String, { description: 'One of businessCalendars' })
  calendar!: string;

  @Field(() => String, { description: 'IANA, e.g. Europe/Berlin' })
  timeZone!: string;

  @Field(() => Boolean, { description: 'True = a code that is known already is refused; false = one that is not' })
  isNew!: boolean;
}
