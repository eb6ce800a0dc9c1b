import { Field, InputType, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../../graphql/scalars.js';

@ObjectType('ExternalTicket', { description: 'A ticket in another system about the same problem' })
export class ExternalTicketType {
  @Field(() => String)
  system!: string;

  @Field(() => String)
  number!: string;

  @Field(() => String, { nullable: true, description: 'https; never fetched by Throughline' })
  url!: string | null;

  @Field(() => String, { nullable: true, description: 'Where the address leads' })
  host!: string | null;

  @Field(() => DateTimeScalar)
  setAt!: Date;

  @Field(() => String)
  setByName!: string;
}

@InputType('ExternalTicketInput')
export class ExternalTicketInput {
  @Field(() => String)
  system!: string;

  @Field(() => String)
  number!: string;

  @Field(() => String, { nullable: true, description: 'https' })
  url?: string | null;
}
