import { graphql } from '../../gql/index.js';

export const UnreadNotificationsDocument = graphql(`
  query UnreadNotifications {
    myUnreadNotifications
  }
`);

export const UnreadNotificationsChangedDocument = graphql(`
  subscription UnreadNotificationsChanged {
    myUnreadNotificationsChanged
  }
`);
