import { Field, ID, ObjectType } from '@nestjs/graphql';
import { PersonType } from './person.type.js';

@ObjectType('Tenant')
export class TenantType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  environment!: string;

  @Field(() => Boolean)
  isDemo!: boolean;
}

@ObjectType('Viewer', { description: 'The signed-in person' })
export class ViewerType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  displayName!: string;

  @Field(() => String)
  email!: string;

  @Field(() => [String])
  roles!: string[];

  @Field(() => [String], { description: 'What the person may do, e.g. exception.work' })
  permissions!: string[];

  @Field(() => TenantType)
  tenant!: TenantType;

  @Field(() => [PersonType], { description: 'Colleagues who can be given work' })
  people!: PersonType[];
}
