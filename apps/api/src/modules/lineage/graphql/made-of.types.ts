import { Field, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../graphql/connection.js';
import { MoneyType } from '../../../graphql/money.type.js';
import { ObjectReferenceType } from './object.types.js';

@ObjectType('MadeOf', { description: 'One thing that another is made of' })
export class MadeOfType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String)
  qualifier!: string;

  @Field(() => MoneyType, { nullable: true, description: 'The amount of the object' })
  amount!: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'What the link carries of it; null = it says none' })
  stated!: MoneyType | null;
}

@ObjectType('MadeOfConnection')
export class MadeOfConnection extends connectionOf<MadeOfType>('MadeOf', () => MadeOfType) {}
