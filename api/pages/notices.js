// What a reader has to know of the server before asking it: that it is away, that nothing is loaded, that the
// reports are invented.
import { askByAddress } from "./answers.js";

const h = React.createElement;
const { useSchemaContext } = GraphiQL.React;

const STOCK = `{
  loaded: reports(first: 1) { nodes { id } }
  samples: reports(first: 1, where: { source: { sample: { eq: true } } }) { nodes { id } }
}`;
const NOTHING_LOADED =
  "数据库里还没有报告：请运行 gongkai load 路径 载入，或 make run 载入样例 · " +
  "No report is loaded: run `gongkai load PATH`, or `make run` for the samples";
const NO_SCHEMA = "无法读取接口的结构 · The schema cannot be read";

/** A badge beside the page's name where samples are loaded; a line above the page where something is wrong. */
export function Notices() {
  const { fetchError, introspect } = useSchemaContext({ nonNull: true });
  const [stock, askAgain] = useStock();
  const words = noticeOf(fetchError, stock);
  const retry = () => {
    if (fetchError) introspect();
    askAgain();
  };
  return h(
    React.Fragment,
    null,
    stock.data?.samples?.nodes.length > 0 && h(Badge),
    words && ReactDOM.createPortal(h(Notice, { words, retry }), document.getElementById("notices")),
  );
}

function Badge() {
  const english = h("span", { lang: "en" }, "invented samples");
  return h("span", { className: "gongkai-badge" }, h("span", null, "样例数据（虚构）"), " · ", english);
}

function Notice({ words, retry }) {
  return h("p", null, h("span", null, words), h("button", { type: "button", onClick: retry }, "重试 Retry"));
}

function noticeOf(fetchError, stock) {
  if (fetchError) return firstError(fetchError) ?? `${NO_SCHEMA}: ${fetchError}`;
  if (stock.errors) return said(stock.errors[0]);
  return isEmpty(stock) ? NOTHING_LOADED : null;
}

/** GraphiQL keeps what introspection failed with as text: our own answers as JSON, its own findings as they are. */
function firstError(text) {
  try {
    return said(JSON.parse(text).errors[0]);
  } catch {
    return null;
  }
}

function said({ message, extensions }) {
  return extensions?.hint ? `${message}（${extensions.hint}）` : message;
}

function isEmpty(stock) {
  return stock.data?.loaded?.nodes.length === 0;
}

/** What is loaded: asked at once, and until all is well again whenever the reader comes back to the page. */
function useStock() {
  const [stock, setStock] = React.useState({});
  const askNow = React.useCallback(() => askByAddress(STOCK).then(setStock), []);
  const wanting = Boolean(stock.errors) || isEmpty(stock);
  React.useEffect(() => void askNow(), []);
  React.useEffect(() => {
    if (!wanting) return undefined;
    window.addEventListener("focus", askNow);
    return () => window.removeEventListener("focus", askNow);
  }, [wanting]);
  return [stock, askNow];
}
