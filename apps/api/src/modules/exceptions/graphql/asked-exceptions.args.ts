import { ArgsType, Field, ID } from '@nestjs/graphql';
import { SeenExceptionInput } from './change-state.types.js';

/** Which exceptions an act is about. */
@ArgsType()
export class AskedExceptionsArgs {
  @Field(() => [ID], { nullable: true, description: 'Whatever happened to them meanwhile' })
  ids?: string[] | null;

  @Field(() => [SeenExceptionInput], {
    nullable: true,
    description: 'As they were seen: where one has changed since, nothing is done (STALE_VERSION)',
  })
  exceptions?: SeenExceptionInput[] | null;
}
