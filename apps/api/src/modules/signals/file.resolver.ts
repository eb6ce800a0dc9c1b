import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { readFile, toFile } from './file-reader.js';
import { countFiles, countUnmappedRecords, listFiles } from './file.repository.js';
import { FileConnection, FilesArgs, FileType } from './graphql/file.types.js';
import { filterTexts } from './read-signal-selection.js';

const LIST = 'files';

/** Files that were taken in. */
@Resolver(() => FileType)
@RequirePermission('signal.read')
export class FileResolver {
  @Query(() => FileConnection, { description: 'Latest first' })
  async files(@Args() args: FilesArgs, @CurrentOperation() operation: Operation): Promise<Connection<FileType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const { formats, sourceSystems, hasControlBreak } = args.filter ?? {};
    const selection = {
      formats: filterTexts(formats, 'filter.formats'),
      sourceSystems: filterTexts(sourceSystems, 'filter.sourceSystems'),
      hasControlBreak: hasControlBreak ?? null,
    };
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listFiles(tx, selection, page),
      cursorOf: (row) => [row.receivedText, row.id],
      nodeOf: (row) => toFile(row, mayUnmask),
      count: () => countFiles(tx, selection),
    });
  }

  @Query(() => FileType, { nullable: true })
  async file(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<FileType | null> {
    return readFile(operation, requireUuid(id, 'id'));
  }

  @ResolveField(() => Int)
  async unmappedRecords(@Parent() { id }: FileType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await operation.loader<string, number>('unmapped records of files', countUnmappedRecords).load(id)) ?? 0;
  }
}
