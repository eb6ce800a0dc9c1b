import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { shownRaw } from './domain/shown-raw.js';
import { readFile } from './file-reader.js';
import { FileType } from './graphql/file.types.js';
import { SignalRawType, SignalType } from './graphql/signal.types.js';
import { findBodies, type SignalBody } from './signal-list.repository.js';

/** What of a signal costs a look of its own. */
@Resolver(() => SignalType)
@RequirePermission('signal.read')
export class SignalFieldsResolver {
  @ResolveField(() => SignalRawType, {
    nullable: true,
    description: 'Null without payload.read. Of many signals at once only the first 64 KiB each',
  })
  async raw(@Parent() signal: SignalType, @CurrentOperation() operation: Operation): Promise<SignalRawType | null> {
    const { permissions } = operation.viewer;
    if (!permissions.has('payload.read')) return null;
    const { id, receivedOn } = signal;
    const found = await operation
      .loader<{ id: string; receivedOn: string }, SignalBody>('signal bodies', findBodies)
      .load({ id, receivedOn });
    return found === null ? null : shownRaw(found.body, found.isWhole, permissions.has('payload.unmask'));
  }

  @ResolveField(() => FileType, { nullable: true, description: 'The file that it is a record of' })
  async file(@Parent() { fileId }: SignalType, @CurrentOperation() operation: Operation): Promise<FileType | null> {
    return fileId === null ? null : readFile(operation, fileId);
  }
}
