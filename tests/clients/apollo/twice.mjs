// Searches twice with one cache and reads both results from it; prints where the terms stood, as asked and as kept.
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client/core";

const client = new ApolloClient({ link: new HttpLink({ uri: process.argv[2] }), cache: new InMemoryCache() });
const PASSAGES = gql`
  query Passages($search: String!) {
    passages(search: $search, first: 50) {
      edges { score highlights { field start end } node { id text } }
    }
  }
`;
const searches = process.argv.slice(3);
const asked = [];
for (const search of searches) {
  const { data } = await client.query({ query: PASSAGES, variables: { search }, fetchPolicy: "network-only" });
  asked.push(JSON.stringify(data));
}
const kept = searches.map((search) => JSON.stringify(client.readQuery({ query: PASSAGES, variables: { search } })));
const ids = asked.map((text) => new Set(JSON.parse(text).passages.edges.map(({ node }) => node.id)));
const shared = [...ids[0]].filter((id) => ids[1].has(id)).length;
console.log(JSON.stringify({ same: asked.every((text, place) => text === kept[place]), shared }));
