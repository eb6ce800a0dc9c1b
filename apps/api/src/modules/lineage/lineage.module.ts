import { Module } from '@nestjs/common';
import { BusinessObjectResolver } from './business-object.resolver.js';
import { ChangeReportResolver } from './change-report.resolver.js';
import { DelayResolver } from './delay.resolver.js';
import { IntegrationFieldsResolver } from './integration.fields.resolver.js';
import { LineageReader } from './lineage-reader.js';
import { LineageEdgeResolver } from './lineage-edge.resolver.js';
import { LineageResolver } from './lineage.resolver.js';
import { OrphanResolver } from './orphan.resolver.js';
import { ObjectMoneyResolver } from './money/object-money.resolver.js';
import { ReceivablesResolver } from './money/receivables.resolver.js';
import { TransactionMoneyResolver } from './money/transaction-money.resolver.js';
import { FindingResolver } from './finding.resolver.js';
import { ObjectHistoryResolver } from './object-history.resolver.js';
import { AliasOriginResolver, ObjectPartsResolver } from './object-parts.resolver.js';
import { RebuildResolver } from './rebuild.resolver.js';
import { RemappingResolver } from './remapping.resolver.js';
import { RunResolver } from './run.resolver.js';
import { SignalActivityObjectResolver, SignalActivityResolver } from './signal.fields.resolver.js';
import { ObjectStatementsResolver, StatementResolver } from './statement.resolver.js';
import { TraceFieldsResolver } from './trace.fields.resolver.js';
import { TraceOutlines } from './trace-outlines.js';
import { TraceWindowResolver } from './trace-window.resolver.js';
import { TransactionObjectFieldsResolver } from './transaction-object.fields.resolver.js';
import { TransactionContextResolver } from './transaction-context.resolver.js';
import { TransactionFieldsResolver } from './transaction.fields.resolver.js';
import { TransactionTraceResolver } from './transaction-trace.resolver.js';
import { TransactionResolver } from './transaction.resolver.js';
import { Ways } from './ways.js';
import { WorkflowClocks } from './workflow-clocks.js';
import { WorkflowResolver } from './workflow.resolver.js';

/** The read side of lineage; its pipeline runs in the worker. */
@Module({
  providers: [
    WorkflowClocks,
    LineageReader,
    TransactionResolver,
    TransactionFieldsResolver,
    TransactionObjectFieldsResolver,
    TransactionContextResolver,
    BusinessObjectResolver,
    ObjectHistoryResolver,
    ObjectPartsResolver,
    AliasOriginResolver,
    FindingResolver,
    LineageResolver,
    LineageEdgeResolver,
    Ways,
    DelayResolver,
    TransactionTraceResolver,
    TraceOutlines,
    TraceFieldsResolver,
    TraceWindowResolver,
    IntegrationFieldsResolver,
    SignalActivityResolver,
    SignalActivityObjectResolver,
    RunResolver,
    OrphanResolver,
    RemappingResolver,
    ChangeReportResolver,
    WorkflowResolver,
    ObjectMoneyResolver,
    TransactionMoneyResolver,
    ReceivablesResolver,
    RebuildResolver,
    StatementResolver,
    ObjectStatementsResolver,
  ],
  exports: [LineageReader, WorkflowClocks],
})
export class LineageModule {}
