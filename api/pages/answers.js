// What the page asks the server, and what it says where no answer comes: always an answer in GraphQL's shape.

// By code: what happened and what to do. The server says its own part in English; the page puts the Chinese before it.
const WORDS = {
  SERVER_AWAY: {
    zh: "服务器没有应答：可能已停止，或网络断开",
    en: "the server does not answer: it has stopped, or the network is down",
    hintZh: "请确认 gongkai serve 仍在运行，再重试",
    hintEn: "see that `gongkai serve` still runs, then try again",
  },
  NO_ANSWER_IN_TIME: {
    zh: "服务器在两分钟内没有应答，已不再等待",
    en: "the server gave no answer within two minutes; the page stopped waiting",
    hintZh: "请减少报告或字段后重试；若仍无应答，请重启服务器",
    hintEn: "ask for fewer reports or fields; if that does not help, restart the server",
  },
  NOT_GRAPHQL: {
    zh: "应答不是 GraphQL：在服务器之前可能有代理或登录页面",
    en: "the answer is no GraphQL: a proxy or a login page may stand before the server",
    hintZh: "请稍后重试，或询问服务器的管理员",
    hintEn: "try again later, or ask whoever runs the server",
  },
  DATABASE_UNAVAILABLE: { zh: "数据库没有应答", hintZh: "请确认 MongoDB 正在运行，稍后重试" },
  DATABASE_FORBIDDEN: { zh: "数据库拒绝此服务器访问", hintZh: "原因见服务器日志" },
  TIMEOUT: { zh: "查询用时过长", hintZh: "请减少报告或字段，或稍后重试" },
  INTERNAL: { zh: "服务器内部错误", hintZh: "请把事件编号告知服务器的管理员" },
};
const PATIENCE_MS = 120_000;

/** The answer to a request of GraphiQL. */
export function ask({ query, variables, operationName }) {
  const headers = { accept: "application/json", "content-type": "application/json" };
  // GraphiQL learns the name of another tab's operation a moment late; until then it would send the last tab's.
  const name = query.includes(operationName) ? operationName : undefined;
  const body = JSON.stringify({ query, variables, operationName: name });
  return answered(location.pathname, { method: "POST", headers, body });
}

/** The answer to a query of the page's own. */
export function askByAddress(query) {
  const address = `${location.pathname}?${new URLSearchParams({ query })}`;
  return answered(address, { headers: { accept: "application/json" } });
}

async function answered(address, asked) {
  const waiting = new AbortController();
  const patience = setTimeout(() => waiting.abort(), PATIENCE_MS);
  try {
    const response = await fetch(address, { ...asked, signal: waiting.signal });
    return read(await response.text(), response.status);
  } catch {
    return failure(waiting.signal.aborted ? "NO_ANSWER_IN_TIME" : "SERVER_AWAY");
  } finally {
    clearTimeout(patience);
  }
}

function read(text, status) {
  try {
    const answer = JSON.parse(text);
    return answer.errors ? { ...answer, errors: answer.errors.map(inBothLanguages) } : answer;
  } catch {
    return failure("NOT_GRAPHQL", { status });
  }
}

function failure(code, facts = {}) {
  const { en, hintEn } = WORDS[code];
  return { errors: [inBothLanguages({ message: en, extensions: { code, hint: hintEn, ...facts } })] };
}

function inBothLanguages(error) {
  const words = WORDS[error.extensions?.code];
  if (!words) return error;
  const hint = [words.hintZh, error.extensions.hint].filter(Boolean).join(" · ");
  return { ...error, message: `${words.zh} · ${error.message}`, extensions: { ...error.extensions, hint } };
}
