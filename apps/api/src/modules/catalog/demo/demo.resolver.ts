import { Inject } from '@nestjs/common';
import { Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { API_CONFIG, type ApiConfig } from '../../../config.js';
import { Public } from '../../identity/index.js';
import { DEMO_PASSWORD, DEMO_PEOPLE, demoEmail } from './demo-estate.js';

@ObjectType('DemoPerson')
export class DemoPersonType {
  @Field(() => String)
  displayName!: string;

  @Field(() => String)
  email!: string;

  @Field(() => [String])
  roles!: string[];
}

@ObjectType('DemoSignIn', { description: 'The demo people, as one-click choices on the sign-in page' })
export class DemoSignInType {
  @Field(() => String)
  password!: string;

  @Field(() => [DemoPersonType])
  people!: DemoPersonType[];
}

/** Tells the sign-in page of a demo who can sign in. */
@Resolver(() => DemoSignInType)
export class DemoResolver {
  constructor(@Inject(API_CONFIG) private readonly config: ApiConfig) {}

  @Query(() => DemoSignInType, { nullable: true, description: 'Null unless in demo mode' })
  @Public()
  demoSignIn(): DemoSignInType | null {
    const people = DEMO_PEOPLE.map(({ prefix, displayName, role }) => ({
      displayName,
      email: demoEmail(prefix),
      roles: [role],
    }));
    return this.config.isDemo ? { password: DEMO_PASSWORD, people } : null;
  }
}
