// The explorer focuses every text argument that it draws, also one that was typed in the editor or came with a tab:
// the focus then leaves the editor in the middle of a word. Here it may do so only while the reader works in it.

const EXPLORER = ".graphiql-explorer-root";

export function keepFocusWhereTheReaderIs() {
  let inExplorer = false;
  for (const act of ["pointerdown", "keydown"]) {
    document.addEventListener(act, ({ target }) => { inExplorer = Boolean(target.closest?.(EXPLORER)); }, true);
  }
  const { focus, setSelectionRange } = HTMLInputElement.prototype;
  const unlessUnasked = (method) =>
    function (...given) {
      if (inExplorer || !this.closest(EXPLORER)) method.apply(this, given);
    };
  HTMLInputElement.prototype.focus = unlessUnasked(focus);
  HTMLInputElement.prototype.setSelectionRange = unlessUnasked(setSelectionRange); // this too focuses in Safari
}
