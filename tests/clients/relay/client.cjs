// Runs the compiled, persisted queries with Relay's own runtime; prints what it got, as JSON.
const { Environment, Network, RecordSource, Store, fetchQuery } = require("relay-runtime");
const persisted = require("./persisted.json");

async function post({ id }, variables) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(process.argv[2], {
    method: "POST",
    headers,
    body: JSON.stringify({ query: persisted[id], variables }),
  });
  return response.json();
}

const source = new RecordSource();
const environment = new Environment({ network: Network.create(post), store: new Store(source) });
const run = (name, variables) =>
  fetchQuery(environment, require(`./artifacts/${name}.graphql.js`), variables).toPromise();
const stored = (type) => source.getRecordIDs().map((id) => source.get(id)).filter((record) => record?.__typename === type);
const titles = () => stored("Report").map(({ title }) => title);

async function main() {
  await run("AppQuery", { first: 2 });
  const firstPage = titles();
  await run("AppNextPageQuery", { first: 2, after: stored("PageInfo")[0].endCursor });
  const id = stored("Report")[0].__id;
  const { node } = await run("AppNodeQuery", { id });
  await run("AppReportQuery", { id });
  const counts = { persisted: Object.keys(persisted).length, firstPage, titles: titles() };
  console.log(JSON.stringify({ ...counts, node: node.__typename, refetched: titles()[0] }));
}

main();
