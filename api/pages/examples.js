// The pane beside the editor: the ready queries, each a click away however often its tab was closed, and the explorer.

const h = React.createElement;
const { useEditorContext } = GraphiQL.React;

/** The pane as a plugin of GraphiQL. */
export function sidePane(queries) {
  const explorer = GraphiQLPluginExplorer.explorerPlugin({ showAttribution: false });
  return {
    title: "示例与字段 · Examples and explorer",
    icon: ExamplesIcon,
    content: () => h(React.Fragment, null, h(Examples, { queries }), h(explorer.content)),
  };
}

function Examples({ queries }) {
  const open = useOpenInTab();
  return h(
    "details",
    { className: "gongkai-examples", open: true },
    h("summary", null, "查询示例 ", h("span", { lang: "en" }, "Examples")),
    h("ul", null, queries.map((query) => h("li", { key: query }, h(Example, { query, open })))),
  );
}

function Example({ query, open }) {
  const { zh, en } = firstLines(query);
  return h(
    "button",
    { type: "button", onClick: () => open(query) },
    h("span", null, zh),
    h("span", { lang: "en" }, en),
  );
}

/** What a ready query is about: it begins with one line of Chinese, then English to the end of a sentence. */
function firstLines(query) {
  const [, first, rest] = query.match(/^# (.*)\n((?:#.*\n)*)/);
  const [en] = rest.replace(/\n?# ?/g, " ").trim().match(/^[^.]*/);
  return { zh: first, en };
}

/** Opens a query in the tab that holds it, else in a new one, and leads to the button that runs it. */
function useOpenInTab() {
  const { tabs, addTab, changeTab, queryEditor } = useEditorContext({ nonNull: true });
  return (query) => {
    const place = tabs.findIndex((tab) => tab.query === query);
    // At once: a tab that is added later would take the new query for the text of the tab before it.
    ReactDOM.flushSync(() => (place < 0 ? addTab() : changeTab(place)));
    if (place < 0) queryEditor.setValue(query);
    document.querySelector(".graphiql-tab-active")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (coversTheEditor()) document.querySelector(".graphiql-sidebar button.active").click();
    document.querySelector(".graphiql-execute-button").focus();
  };
}

// As page.css has it on narrow screens.
function coversTheEditor() {
  return getComputedStyle(document.querySelector(".graphiql-main > :first-child")).position === "absolute";
}

function ExamplesIcon() {
  const path = "M4 5h2M4 10h2M4 15h2M9 5h7M9 10h7M9 15h7";
  return h(
    "svg",
    { viewBox: "0 0 20 20", fill: "none", stroke: "currentColor", "aria-hidden": true },
    h("path", { d: path, strokeWidth: 1.8, strokeLinecap: "round" }),
  );
}
