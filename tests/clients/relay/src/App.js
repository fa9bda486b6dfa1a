// What a Relay application declares: a paged list, a fragment that is fetched again, a node by its id.
import { graphql } from "relay-runtime";

export const page = graphql`
  query AppQuery($first: Int!) {
    ...AppReports_query @arguments(first: $first)
  }
`;

export const reports = graphql`
  fragment AppReports_query on Query
  @argumentDefinitions(first: { type: "Int!" }, after: { type: "String" })
  @refetchable(queryName: "AppNextPageQuery") {
    reports(first: $first, after: $after, where: { kind: { eq: ANNUAL_REPORT } }) @connection(key: "App_reports") {
      edges { node { id ...AppReport_report } }
    }
  }
`;

export const report = graphql`
  fragment AppReport_report on Report @refetchable(queryName: "AppReportQuery") {
    title
    requests { received { total } }
  }
`;

export const node = graphql`
  query AppNodeQuery($id: ID!) {
    node(id: $id) { __typename id ...AppReport_report @alias(as: "report") }
  }
`;
