// Asks as an application with Apollo Client would; prints what it got, as JSON.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client/core";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { createHash } from "node:crypto";

const uri = process.argv[2];
const REPORTS = gql`
  query Reports($first: Int!, $after: String) {
    reports(first: $first, after: $after) {
      totalCount
      edges { cursor node { id title } }
      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
    }
  }
`;
const NODE = gql`
  query Node($id: ID!) {
    node(id: $id) { id ... on Report { title agency { name } } }
  }
`;

const hashes = new PersistedQueryLink({ sha256: (query) => createHash("sha256").update(query).digest("hex") });

function clientWith(options, before = []) {
  const typePolicies = { Query: { fields: { reports: relayStylePagination() } } };
  const link = ApolloLink.from([...before, new HttpLink({ uri, ...options })]);
  return new ApolloClient({ link, cache: new InMemoryCache({ typePolicies }) });
}

async function codesOf(client, query) {
  try {
    await client.query({ query });
    return [];
  } catch (error) {
    return error.errors.map(({ extensions }) => extensions.code);
  }
}

async function answers(client) {
  const first = (await client.query({ query: REPORTS, variables: { first: 2 } })).data.reports;
  const variables = { first: 2, after: first.pageInfo.endCursor };
  await client.query({ query: REPORTS, variables, fetchPolicy: "network-only" }); // as fetchMore asks
  const merged = client.readQuery({ query: REPORTS, variables: { first: 2 } }).reports.edges.map(({ node }) => node);
  const { node } = (await client.query({ query: NODE, variables: { id: merged[0].id } })).data;
  return {
    totalCount: first.totalCount,
    titles: merged.map(({ title }) => title),
    node: node.title === merged[0].title,
    codes: await codesOf(client, gql`{ nothing }`),
  };
}

console.log(
  JSON.stringify({
    post: await answers(clientWith({})),
    get: await answers(clientWith({ useGETForQueries: true })),
    hashed: await answers(clientWith({}, [hashes])),
  }),
);
