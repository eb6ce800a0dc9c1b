import { graphql } from '../../gql/index.js';
import type { WorkflowsQuery } from '../../gql/graphql.js';

export const WorkflowsDocument = graphql(`
  query Workflows {
    wrongWorkflowFiles {
      file
      workflow
      problems {
        line
        reason
      }
    }
    workflows {
      name
      title
      version
      anchor
      given
      unless
      restartedBy
      cancelledBy
      follows {
        from
        to
      }
      hops {
        integration
        proves
      }
      milestones {
        name
        title
        position
        isRequired
        on
        per
        after
        reachedBy
        reportedBy
        undoneBy
        given
        ruleKind
        dueRule
        dueGiven
        cardinality
      }
    }
  }
`);

export const IntegrationTitlesDocument = graphql(`
  query IntegrationTitles {
    integrations(first: 200) {
      edges {
        node {
          name
          title
        }
      }
    }
  }
`);

export type Workflow = WorkflowsQuery['workflows'][number];
export type WorkflowStep = Workflow['milestones'][number];
