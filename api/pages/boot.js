// Opens GraphiQL with the ready queries and the explorer beside it. Same-origin only, no inline script.
import { ask } from "./answers.js";
import { sidePane } from "./examples.js";
import { keepFocusWhereTheReaderIs } from "./focus.js";
import { CopyLink, OperationOfLink, sharedByAddress } from "./links.js";
import { Notices } from "./notices.js";

const h = React.createElement;

const NEW_TAB = `# 公开 Gongkai：政府信息公开报告
# GraphQL over open-government reports
#
# 运行 Run: Ctrl+Enter, ⌘+Enter, ▶
# 补全 Complete: Ctrl+Space
# 文档 Documentation: 书形图标 book icon
# 示例 Ready queries: 列表图标 list icon


`;

// Where there is no room for three panes; page.css asks the same.
const NARROW = "(max-width: 900px), (max-height: 500px)";

const ready = JSON.parse(document.getElementById("ready-queries").textContent);
const shared = sharedByAddress();
const pane = sidePane(ready);

keepFocusWhereTheReaderIs();

function Name() {
  const to = { className: "gongkai-logo", href: "/docs", title: "文档 Documentation" };
  return h("a", to, h("b", null, "公开"), h("span", null, "Gongkai"));
}

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  h(
    GraphiQL,
    {
      fetcher: ask,
      schemaDescription: true,
      plugins: [pane],
      visiblePlugin: matchMedia(NARROW).matches ? undefined : pane,
      defaultQuery: NEW_TAB,
      defaultTabs: [shared ?? { query: ready[0] }],
      // A link with a query in it opens that query with its variables, whatever tabs were left open the last time.
      query: shared?.query,
      variables: shared?.variables,
      defaultEditorToolsVisibility: Boolean(shared?.variables),
      // No header means anything to this API yet, and GraphiQL's history stores typed ones even where told not to.
      isHeadersEditorEnabled: false,
      shouldPersistHeaders: false,
      toolbar: {
        additionalContent: [
          h(CopyLink, { key: "link" }),
          h(OperationOfLink, { key: "operation", name: shared?.operationName }),
        ],
      },
    },
    h(GraphiQL.Logo, null, h("div", { className: "gongkai-name" }, h(Notices), h(Name))),
  ),
);
