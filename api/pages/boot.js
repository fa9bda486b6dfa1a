// Opens GraphiQL with the explorer beside it and one tab for each ready query. Same-origin only, no inline script.
"use strict";
(() => {
  const ready = JSON.parse(document.getElementById("ready-queries").textContent);
  const asked = new URLSearchParams(location.search);
  const tabs = ready.map((query) => ({ query }));
  if (asked.get("query")) {
    tabs.unshift({ query: asked.get("query"), variables: asked.get("variables") || "" });
  }

  const explorer = GraphiQLPluginExplorer.explorerPlugin({ showAttribution: false });
  const fetcher = GraphiQL.createFetcher({ url: location.pathname, enableIncrementalDelivery: false });
  const logo = React.createElement(
    GraphiQL.Logo,
    null,
    React.createElement("span", { className: "gongkai-logo" }, React.createElement("b", null, "公开"), "Gongkai"),
  );

  ReactDOM.createRoot(document.getElementById("graphiql")).render(
    React.createElement(
      GraphiQL,
      {
        fetcher,
        plugins: [explorer],
        visiblePlugin: explorer,
        defaultTabs: tabs,
        // A link with a query in it opens that query, whatever tabs were left open the last time.
        query: asked.get("query") || undefined,
        defaultEditorToolsVisibility: false,
        // No header means anything to this API yet, and GraphiQL's history stores typed ones even where told not to.
        isHeadersEditorEnabled: false,
        shouldPersistHeaders: false,
      },
      logo,
    ),
  );
})();
