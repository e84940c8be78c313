// The headings of the text as links beside it, and how many words it has.
import type { Editor } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import { language, part, seldom, type Say } from "./page";

const WORD = /[\p{L}\p{N}]+(?:[’'.,-][\p{L}\p{N}]+)*/gu;

export function wireOutline(root: HTMLElement, editor: Editor, say: Say): void {
  const list = part(root, "[data-outline]");
  const update = () => {
    const rows = headings(editor).map(({ level, text, at }) => row(editor, root, level, text, at));
    list.replaceChildren(...rows);
    part(root, "[data-outline-empty]").hidden = rows.length > 0;
    count(root, editor, say);
  };
  const soon = seldom(400, update);
  editor.on("transaction", ({ transaction }) => transaction.docChanged && soon());
  update();
}

function headings(editor: Editor): { level: number; text: string; at: number }[] {
  const found: { level: number; text: string; at: number }[] = [];
  editor.state.doc.descendants((node, at) => {
    if (node.type.name === "heading" && node.textContent)
      found.push({ level: Number(node.attrs.level), text: node.textContent, at });
    return !node.isTextblock;
  });
  return found;
}

function row(editor: Editor, root: HTMLElement, level: number, text: string, at: number) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  item.className = `outline__item outline__item--${level}`;
  link.textContent = text;
  link.href = `#${editor.view.dom.id}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    root.dispatchEvent(new CustomEvent("sheet", { detail: "" }));
    goTo(editor, at);
  });
  item.append(link);
  return item;
}

function goTo(editor: Editor, at: number): void {
  const inside = Math.min(at + 1, editor.state.doc.content.size);
  const selection = TextSelection.near(editor.state.doc.resolve(inside));
  editor.view.dispatch(editor.state.tr.setSelection(selection));
  editor.view.focus();
  const place = editor.view.nodeDOM(at);
  if (place instanceof Element) place.scrollIntoView({ block: "start" });
}

function count(root: HTMLElement, editor: Editor, say: Say): void {
  const { doc } = editor.state;
  const number = doc.textBetween(0, doc.content.size, "\n", " ").match(WORD)?.length ?? 0;
  const form = new Intl.PluralRules(language()).select(number) === "one" ? "words-one" : "words";
  const place = part(root, "[data-count]");
  place.textContent = say(form, { number: number.toLocaleString(language()) });
  place.hidden = false;
}
