import { Field, ID, ObjectType } from '@nestjs/graphql';
import { DateTimeScalar } from '../../../../graphql/scalars.js';
import type { Mention } from '../../domain/mentions.js';

@ObjectType('Mention', { description: 'A person whom a note calls' })
export class MentionType {
  @Field(() => ID)
  personId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'As the note has it, with the @' })
  text!: string;
}

@ObjectType('ExceptionGroupNote', { description: 'What somebody wrote about all of a group; it outlives the members' })
export class GroupNoteType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Markdown' })
  text!: string;

  @Field(() => [MentionType])
  mentions!: Mention[];

  @Field(() => ID, { nullable: true, description: 'Where it was written' })
  exceptionId!: string | null;

  @Field(() => DateTimeScalar)
  writtenAt!: Date;

  @Field(() => String)
  writtenByName!: string;
}
