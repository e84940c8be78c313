// Finding words in the text: a bar of its own, so that the browser's own search stays what it is.
import { Extension, type Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { part, type Say } from "./page";

interface Found {
  words: string;
  places: { from: number; to: number }[];
  at: number;
}

const key = new PluginKey<Found>("find");
const NOTHING: Found = { words: "", places: [], at: 0 };

/** Blocks are searched by themselves; an image or a break ends a match, marks don't. */
function search(doc: Node, words: string): Found["places"] {
  const places: Found["places"] = [];
  const wanted = words.toLowerCase();
  if (!wanted) return places;
  doc.descendants((block, position) => {
    if (!block.isTextblock) return true;
    const text = block.textBetween(0, block.content.size, undefined, "\n").toLowerCase();
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
      places.push({ from: position + 1 + at, to: position + 1 + at + wanted.length });
    return false;
  });
  return places;
}

function next(transaction: Transaction, found: Found): Found {
  const change = transaction.getMeta(key) as Partial<Found> | undefined;
  if (!change && (!transaction.docChanged || !found.words)) return found;
  const words = change?.words ?? found.words;
  const again = transaction.docChanged || words !== found.words;
  const places = again ? search(transaction.doc, words) : found.places;
  const at = Math.min(change?.at ?? found.at, Math.max(0, places.length - 1));
  return { words, places, at };
}

function decorations(state: EditorState): DecorationSet {
  const { places, at } = key.getState(state) ?? NOTHING;
  const marks = places.map(({ from, to }, number) =>
    Decoration.inline(from, to, { class: number === at ? "found found--here" : "found" }),
  );
  return DecorationSet.create(state.doc, marks);
}

export const Find = Extension.create({
  name: "find",
  addProseMirrorPlugins: () => [
    new Plugin<Found>({
      key,
      state: { init: () => NOTHING, apply: next },
      props: { decorations },
    }),
  ],
});

export class FindBar {
  private readonly bar: HTMLElement;
  private readonly field: HTMLInputElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly editor: Editor,
    private readonly say: Say,
  ) {
    this.bar = part(root, "[data-find]");
    this.field = part(this.bar, "[data-find-words]");
    this.field.addEventListener("input", () => this.look({ words: this.field.value, at: 0 }));
    this.bar.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    this.bar.addEventListener("click", (event) => this.press(event.target as HTMLElement));
    this.bar.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.shiftKey) this.step(-1, event);
    });
  }

  open(): void {
    this.show(true);
    this.field.focus();
    this.field.select();
    this.look({ words: this.field.value });
  }

  /** The text has the focus again, with what was found selected. */
  close(): void {
    const { places, at } = key.getState(this.editor.state) ?? NOTHING;
    const here = places[at];
    this.show(false);
    this.editor.view.dispatch(this.editor.state.tr.setMeta(key, { words: "", at: 0 }));
    if (here) this.editor.commands.setTextSelection(here);
    this.editor.view.focus();
  }

  private show(visible: boolean): void {
    this.bar.hidden = !visible;
    part(this.root, "[data-open=find]").setAttribute("aria-expanded", String(visible));
  }

  private press(target: HTMLElement): void {
    if (target.matches("[data-find-close]")) this.close();
    else if (target.matches("[data-find-step='-1']")) this.step(-1);
  }

  private step(by: number, event?: Event): void {
    event?.preventDefault();
    const { places, at } = key.getState(this.editor.state) ?? NOTHING;
    if (places.length) this.look({ at: (at + by + places.length) % places.length });
  }

  private look(change: Partial<Found>): void {
    this.editor.view.dispatch(this.editor.state.tr.setMeta(key, change));
    const { words, places, at } = key.getState(this.editor.state) ?? NOTHING;
    const found = places.length ? this.say("found", { at: at + 1, number: places.length }) : "";
    part(this.bar, "[data-find-count]").textContent = found || (words ? this.say("not-found") : "");
    this.editor.view.dom.querySelector(".found--here")?.scrollIntoView({ block: "center" });
  }
}
