// A query with its variables as an address: read from the one that was opened, written for the tab that is open.

const h = React.createElement;
const { ToolbarButton, useEditorContext } = GraphiQL.React;

const COPY = "复制链接 · Copy link";
const COPIED = "链接已复制，也在地址栏 · Copied; it is in the address bar too";
const IN_ADDRESS_BAR = "链接已在地址栏，请从那里复制 · Copy it from the address bar";
const SHOWN_MS = 3_000;

/** What a link asks for; null where the address holds no query. */
export function sharedByAddress() {
  const { query, variables = "", operationName } = Object.fromEntries(new URLSearchParams(location.search));
  return query ? { query, variables, operationName } : null;
}

function addressOf({ queryEditor, variableEditor }) {
  const parts = new URLSearchParams({ query: queryEditor.getValue() });
  if (variableEditor.getValue().trim()) parts.set("variables", variableEditor.getValue());
  if (queryEditor.operations?.length > 1) parts.set("operationName", queryEditor.operationName);
  return `${location.origin}${location.pathname}?${parts}`;
}

/** The button that gives the open tab's address. */
export function CopyLink() {
  const editors = useEditorContext({ nonNull: true });
  const [label, setLabel] = React.useState(COPY);
  const copy = async () => {
    const address = addressOf(editors);
    history.replaceState(null, "", address);
    setLabel(await copied(address) ? COPIED : IN_ADDRESS_BAR);
    setTimeout(() => setLabel(COPY), SHOWN_MS);
  };
  return h(
    "div",
    { className: "gongkai-link" },
    h(ToolbarButton, { label, onClick: copy }, h(LinkIcon)),
    h("span", { className: "gongkai-told", role: "status" }, label === COPY ? "" : label),
  );
}

// Browsers offer the clipboard to pages on https and on this machine only.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Chooses the operation that a link names, where its query holds several; nothing to see. */
export function OperationOfLink({ name }) {
  const { queryEditor, setOperationName } = useEditorContext({ nonNull: true });
  React.useEffect(() => {
    const chosen = queryEditor?.operations?.find((operation) => operation.name?.value === name);
    if (!name || !chosen) return;
    setOperationName(name);
    queryEditor.setCursor(queryEditor.posFromIndex(chosen.loc.start)); // Ctrl+Enter runs what the cursor is in
  }, [queryEditor]);
  return null;
}

function LinkIcon() {
  const path = "M6.5 9.5l3-3M7 4.5l1.6-1.6a3.2 3.2 0 0 1 4.5 4.5L11.5 9M9 11.5l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5L4.5 7";
  return h(
    "svg",
    { className: "graphiql-toolbar-icon", viewBox: "0 0 16 16", fill: "none", stroke: "currentColor", "aria-hidden": true },
    h("path", { d: path, strokeWidth: 1.4, strokeLinecap: "round" }),
  );
}
