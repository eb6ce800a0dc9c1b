import { Module } from '@nestjs/common';
import { BusinessObjectResolver } from './business-object.resolver.js';
import { IntegrationFieldsResolver } from './integration.fields.resolver.js';
import { LineageReader } from './lineage-reader.js';
import { LineageResolver } from './lineage.resolver.js';
import { RebuildResolver } from './rebuild.resolver.js';
import { RemappingResolver } from './remapping.resolver.js';
import { RunResolver } from './run.resolver.js';
import { SignalActivityObjectResolver, SignalActivityResolver } from './signal.fields.resolver.js';
import { ObjectStatementsResolver, StatementResolver } from './statement.resolver.js';
import { TraceFieldsResolver } from './trace.fields.resolver.js';
import { TransactionFieldsResolver } from './transaction.fields.resolver.js';
import { TransactionResolver } from './transaction.resolver.js';
import { WorkflowClocks } from './workflow-clocks.js';

/** The read side of lineage; its pipeline runs in the worker. */
@Module({
  providers: [
    WorkflowClocks,
    LineageReader,
    TransactionResolver,
    TransactionFieldsResolver,
    BusinessObjectResolver,
    LineageResolver,
    TraceFieldsResolver,
    IntegrationFieldsResolver,
    SignalActivityResolver,
    SignalActivityObjectResolver,
    RunResolver,
    RemappingResolver,
    RebuildResolver,
    StatementResolver,
    ObjectStatementsResolver,
  ],
  exports: [LineageReader, WorkflowClocks],
})
export class LineageModule {}
