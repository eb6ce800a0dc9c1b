import { Field, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';

/** What is configured. Modules to the right add what they know of it as fields of their own. */
@ObjectType('Integration', { description: 'A named flow of data from one source system to another' })
export class IntegrationType {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  fromSystem!: string;

  @Field(() => String)
  toSystem!: string;

  @Field(() => String)
  owner!: string;

  @Field(() => String)
  criticality!: string;

  @Field(() => Boolean, { description: 'Has an endpoint to send again to' })
  canRequeue!: boolean;
}

@ObjectType('IntegrationConnection')
export class IntegrationConnection extends connectionOf('Integration', () => IntegrationType) {}

@ObjectType('LegalEntity')
export class LegalEntityType {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  country!: string;

  @Field(() => String)
  currency!: string;

  @Field(() => String, { description: 'Business calendar, e.g. TARGET' })
  calendar!: string;

  @Field(() => String)
  timeZone!: string;
}
