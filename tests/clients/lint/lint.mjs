// Lints schema.graphql with schema-recommended and schema-relay; prints what no exception covers, as JSON.
import graphql from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";

// Each exception: the rule, which of its messages, and why they are right as they are.
const EXCEPTIONS = [
  {
    rule: "strict-id-in-types",
    message: /^type "\w+" must have exactly one non-nullable unique identifier/,
    reason: "parts of a report (tables, cells, buckets, edges) are reached through the report; Relay's rule covers nodes",
  },
  {
    rule: "relay-edge-types",
    message: /^A list type should only wrap an edge type/,
    reason: "short lists that are never paged (cells, checks, sections, nodes of a page) need no edges",
  },
  {
    rule: "require-description",
    message: /^Description is required for directive "oneOf"/,
    reason: "the directive is GraphQL's own; its definition is printed for tools that do not know it",
  },
  {
    rule: "no-typename-prefix",
    message: /^Field "revision" starts with the name of the parent type "Revision"/,
    reason: "it is the number of the revision, under the same name as on Report",
  },
];

const presets = ["flat/schema-recommended", "flat/schema-relay"].map((name) => graphql.configs[name].rules);
const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: {
    files: ["**/*.graphql"],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: "./schema.graphql" } } },
    plugins: { "@graphql-eslint": graphql },
    rules: Object.assign({}, ...presets),
  },
});

const covers = (exception, { ruleId, message }) =>
  ruleId === `@graphql-eslint/${exception.rule}` && exception.message.test(message);
const [{ messages }] = await eslint.lintFiles(["schema.graphql"]);
const left = messages.filter((message) => !EXCEPTIONS.some((exception) => covers(exception, message)));
const idle = EXCEPTIONS.filter((exception) => !messages.some((message) => covers(exception, message)));
console.log(
  JSON.stringify({
    rules: Object.keys(Object.assign({}, ...presets)).length,
    left: left.map(({ ruleId, line, message }) => `${line}: ${ruleId}: ${message}`),
    idle: idle.map(({ rule, message }) => `${rule}: ${message}`),
  }),
);
