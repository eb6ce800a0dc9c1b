import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { actOf } from '../catalog-act.js';
import { isFailure } from '../domain/catalog-failure.js';
import type { CatalogFailureType } from '../graphql/catalog-failure.type.js';
import { countingCsvLayouts, type CountingCsvLayout } from './csv-layout-rules.js';
import { findCsvLayoutVersions, listLatestCsvLayouts, type CsvLayoutRow } from './csv-layout.repository.js';
import {
  CsvLayoutConnection,
  CsvLayoutResult,
  CsvLayoutType,
  CsvLayoutVersionType,
  SaveCsvLayoutArgs,
  type CsvLayoutSavedType,
} from './csv-layout.types.js';
import { saveCsvLayout } from './save-csv-layout.js';

const LIST = 'csv-layouts';

/** How CSV files are read: the shipped layouts, and those that the tenant declares. */
@Resolver(() => CsvLayoutType)
@RequirePermission('catalog.read')
export class CsvLayoutResolver {
  @Query(() => CsvLayoutConnection, { description: 'By name' })
  async csvLayouts(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<CsvLayoutType>> {
    const page = readPage(args, LIST, ['text']);
    const all = countingCsvLayouts(await listLatestCsvLayouts(await operation.read()));
    const behind = all.filter(({ name }) => page.after === null || name > (page.after[0] ?? ''));
    return toConnection({
      list: LIST,
      page,
      rows: behind.slice(0, page.first + 1),
      cursorOf: ({ name }) => [name],
      nodeOf: toLayout,
      count: () => Promise.resolve({ count: all.length, isEstimate: false }),
    });
  }

  @ResolveField(() => [CsvLayoutVersionType], { description: "The tenant's own, latest first" })
  async versions(
    @Parent() { name }: CsvLayoutType,
    @CurrentOperation() operation: Operation,
  ): Promise<CsvLayoutVersionType[]> {
    const loader = operation.loader<string, CsvLayoutRow[]>('csv layout versions', findCsvLayoutVersions);
    return (await loader.load(name)) ?? [];
  }

  @Mutation(() => CsvLayoutResult, { description: 'A new layout, or a new version of one; in force within 30 seconds' })
  @RequirePermission('catalog.write')
  async saveCsvLayout(
    @Args() args: SaveCsvLayoutArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<CsvLayoutSavedType | CatalogFailureType> {
    const outcome = await operation.write((tx) => saveCsvLayout(tx, actOf(operation), args));
    if (isFailure(outcome)) return outcome;
    const counting = countingCsvLayouts(await listLatestCsvLayouts(await operation.read()));
    const found = counting.find(({ name }) => name === outcome.name);
    if (found === undefined) throw new CodedError('NOT_FOUND', 'There is no such layout');
    return { layout: toLayout(found) };
  }
}

function toLayout({ name, version, isShipped, definition, layout }: CountingCsvLayout): CsvLayoutType {
  return {
    name,
    title: layout?.title ?? name,
    version,
    isShipped,
    columns: layout?.columns.map((column) => column.name) ?? [],
    definition,
  };
}
