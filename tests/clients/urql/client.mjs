// Asks as an application with urql would; prints what it got, as JSON.
import { Client, cacheExchange, fetchExchange, gql } from "@urql/core";

const url = process.argv[2];
const REPORTS = gql`
  query Reports($first: Int!, $after: String) {
    reports(first: $first, after: $after) {
      totalCount
      edges { node { id title } }
      pageInfo { endCursor }
    }
  }
`;
const NODE = gql`
  query Node($id: ID!) {
    node(id: $id) { id ... on Report { title agency { name } } }
  }
`;

async function asked(client, query, variables) {
  const { data, error } = await client.query(query, variables).toPromise();
  if (error) throw error;
  return data;
}

async function answers(preferGetMethod) {
  const client = new Client({ url, preferGetMethod, exchanges: [cacheExchange, fetchExchange] });
  const first = (await asked(client, REPORTS, { first: 2 })).reports;
  const second = (await asked(client, REPORTS, { first: 2, after: first.pageInfo.endCursor })).reports;
  const nodes = [...first.edges, ...second.edges].map(({ node }) => node);
  const { node } = await asked(client, NODE, { id: nodes[0].id });
  const wrong = await client.query(gql`{ nothing }`, {}).toPromise();
  return {
    totalCount: first.totalCount,
    titles: nodes.map(({ title }) => title),
    node: node.title === nodes[0].title,
    codes: wrong.error.graphQLErrors.map(({ extensions }) => extensions.code),
  };
}

console.log(JSON.stringify({ post: await answers(false), get: await answers("force") }));
