import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import type { PayloadEdit } from './domain/json-changes.js';
import { CorrectionArgs, PayloadEditType, RawCorrectionArgs } from './graphql/correction.args.js';
import {
  CorrectablePayloadType,
  CorrectionCheckType,
  CorrectionResult,
  PayloadEditInput,
  type CorrectionRefusedType,
  type CorrectionSavedType,
  type CorrectionStaleType,
} from './graphql/correction.types.js';
import { answerCorrection } from './answer-correction.js';
import { LONGEST_CORRECTED } from './correction-cases.js';
import { checkCorrection, editsOfRaw, readCorrectable } from './read-correctable.js';
import { saveCorrection } from './usecases/save-correction.js';

const REASON = { min: 3, max: 1_000 };
const MOST_EDITS = 2_000;
/** Longest payload that is written as a whole, in characters: with the blanks of its form. */
const LONGEST_RAW = 4 * LONGEST_CORRECTED;
/** Longest value of one field, in characters. */
const LONGEST_VALUE = 20_000;

type Answer = CorrectionSavedType | CorrectionRefusedType | CorrectionStaleType;

/** Putting a payload right, field by field. Needs the right to send again and the right to see payloads. */
@Resolver()
@RequirePermission('requeue.request')
export class CorrectionResolver {
  @Query(() => CorrectablePayloadType, { nullable: true, description: 'Null = the failure came without a payload' })
  async correctablePayload(
    @Args('exceptionId', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<CorrectablePayloadType | null> {
    requirePayloads(operation);
    return readCorrectable(operation, requireUuid(id, 'exceptionId'));
  }

  @Query(() => CorrectionCheckType, { description: 'For the time while somebody types: what saving would say' })
  async checkCorrection(
    @Args('exceptionId', { type: () => ID }) id: string,
    @Args('basedOn', { type: () => Int }) basedOn: number,
    @Args('edits', { type: () => [PayloadEditInput] }) edits: PayloadEditInput[],
    @CurrentOperation() operation: Operation,
  ): Promise<CorrectionCheckType> {
    requirePayloads(operation);
    return checkCorrection(operation, {
      exceptionId: requireUuid(id, 'exceptionId'),
      basedOn,
      edits: readEdits(edits),
    });
  }

  @Query(() => [PayloadEditType], {
    description:
      'What differs between a payload that was written as a whole and that version; rules and locks are asked with the edits',
  })
  async correctionEdits(
    @Args() { exceptionId, basedOn, payloadJson }: RawCorrectionArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<PayloadEditType[]> {
    requirePayloads(operation);
    if (payloadJson.length > LONGEST_RAW)
      throw new CodedError('INVALID_INPUT', `payloadJson is longer than ${LONGEST_RAW} characters`);
    return editsOfRaw(operation, { exceptionId: requireUuid(exceptionId, 'exceptionId'), basedOn, payloadJson });
  }

  @Mutation(() => CorrectionResult, {
    description: 'Keeps a new version of the payload, based on the one that was seen; stale = what was saved meanwhile',
  })
  async correctException(@Args() args: CorrectionArgs, @CurrentOperation() operation: Operation): Promise<Answer> {
    requirePayloads(operation);
    const { viewer, traceId } = operation;
    const exceptionId = requireUuid(args.exceptionId, 'exceptionId');
    const reason = requireText(args.reason, 'reason', REASON);
    const stated = { exceptionId, basedOn: args.basedOn, edits: readEdits(args.edits), reason };
    const input = { ...stated, viewer, isConfirmed: args.isConfirmed === true, now: operation.now(), traceId };
    return answerCorrection(operation, exceptionId, await operation.write((tx) => saveCorrection(tx, input)));
  }

  @Mutation(() => CorrectionResult, { description: 'The same as correctException' })
  saveCorrection(@Args() args: CorrectionArgs, @CurrentOperation() operation: Operation): Promise<Answer> {
    return this.correctException(args, operation);
  }
}

function requirePayloads({ viewer }: Operation): void {
  if (!viewer.permissions.has('payload.read'))
    throw new CodedError('FORBIDDEN', 'This needs the permission payload.read');
}

function readEdits(edits: readonly PayloadEditInput[]): PayloadEdit[] {
  if (edits.length > MOST_EDITS) throw new CodedError('INVALID_INPUT', `edits may be at most ${MOST_EDITS}`);
  const seen = new Set<string>();
  return edits.map(({ pointer, to = null }) => {
    if ((to?.length ?? 0) > LONGEST_VALUE || pointer.length > 1_000)
      throw new CodedError(
        'INVALID_INPUT',
        `edits: ${pointer.slice(0, 100)} is longer than ${LONGEST_VALUE} characters`,
      );
    if (seen.has(pointer)) throw new CodedError('INVALID_INPUT', `edits: ${pointer} stands there twice`);
    seen.add(pointer);
    return { pointer, to };
  });
}
