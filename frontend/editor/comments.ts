// Comments beside the text: from a passage to its thread and back, and a new one on what is selected.
import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from "y-prosemirror";
import { ask, hasFailed, post, showError, wireDialog } from "./dialogs";
import { part, type Say } from "./page";
import { Panel } from "./panel";

/** Letters before and after the passage that a lost comment is recognised by. */
const AROUND = 100;
const QUOTE = 500;

interface Sync {
  type: Parameters<typeof absolutePositionToRelativePosition>[1];
  doc: Parameters<typeof relativePositionToAbsolutePosition>[0];
  binding: { mapping: Parameters<typeof absolutePositionToRelativePosition>[2] };
}

export class Comments {
  private readonly dialog: HTMLDialogElement | null;
  private readonly panel: Panel;

  constructor(
    private readonly root: HTMLElement,
    private readonly editor: Editor,
    private readonly say: Say,
    private readonly mayWrite: () => boolean,
  ) {
    this.dialog = root.querySelector("[data-dialog=comment]");
    if (this.dialog) wireDialog(this.dialog);
    this.panel = new Panel(root, say);
    root.addEventListener("click", (event) => this.click(event));
    editor.view.dom.addEventListener("click", (event) => this.point(event.target as Element));
  }

  /** On a selection a new comment; with the caret in a commented passage, to its thread. */
  go(): void {
    const thread = this.threadAtCaret();
    if (thread && this.editor.state.selection.empty) this.focusThread(thread);
    else if (!this.editor.state.selection.empty) void this.write();
  }

  /** Somebody has written, answered or resolved. */
  refresh(): Promise<void> {
    return this.panel.refresh();
  }

  private threadAtCaret(): string | null {
    const { $from } = this.editor.state.selection;
    const marks = [...$from.marks(), ...($from.nodeAfter?.marks ?? [])];
    return (marks.find(({ type }) => type.name === "comment")?.attrs.thread as string) ?? null;
  }

  private focusThread(thread: string): void {
    const place = document.getElementById(`thread-${thread}`);
    if (!place) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    this.root.dispatchEvent(new CustomEvent("sheet", { detail: "margin" }));
    place.focus();
    place.scrollIntoView({ block: "nearest" });
  }

  /** A click in a commented passage shows its thread; the caret stays, so that one can write. */
  private point(target: Element): void {
    const thread = target.closest<HTMLElement>("mark[data-thread]")?.dataset.thread;
    for (const each of this.root.querySelectorAll("[id^=thread-]"))
      each.classList.toggle("is-current", each.id === `thread-${thread}`);
    const place = thread && document.getElementById(`thread-${thread}`);
    if (!place) return;
    place.scrollIntoView({ block: "nearest" });
    if (!this.mayWrite()) this.focusThread(thread);
  }

  private click(event: Event): void {
    const link = (event.target as Element).closest<HTMLElement>("[data-passage]");
    const place = link && this.find(link.dataset.passage ?? "");
    if (!place) return;
    event.preventDefault();
    const { state, view } = this.editor;
    const selection = TextSelection.create(state.doc, place.from, place.to);
    view.dispatch(state.tr.setSelection(selection).scrollIntoView());
    this.root.dispatchEvent(new CustomEvent("sheet", { detail: "" }));
    view.focus();
  }

  private find(thread: string): { from: number; to: number } | null {
    let place: { from: number; to: number } | null = null;
    this.editor.state.doc.descendants((node, at) => {
      if (!marked(node, thread)) return;
      place = { from: place?.from ?? at, to: at + node.nodeSize };
    });
    return place;
  }

  /** Others go on typing while one writes: the passage is remembered by its letters. */
  private async write(): Promise<void> {
    const { dialog } = this;
    const { commentUrl } = this.root.dataset;
    if (!dialog || !commentUrl) return;
    const passage = this.passage();
    const form = part<HTMLFormElement>(dialog, "form");
    form.reset();
    part(dialog, "[data-quote]").textContent = passage.quote;
    if ((await ask(dialog)) !== "send") return void this.editor.commands.focus();
    await this.send(dialog, commentUrl, passage, String(new FormData(form).get("body")));
  }

  private async send(
    dialog: HTMLDialogElement,
    url: string,
    passage: ReturnType<Comments["passage"]>,
    body: string,
  ): Promise<void> {
    const data = new FormData();
    const { quote, prefix, suffix } = passage;
    for (const [name, value] of Object.entries({ quote, prefix, suffix, body })) data.set(name, value);
    const answer = await post<{ thread: string; marked?: boolean }>(this.root, url, data);
    if (hasFailed(answer)) {
      dialog.showModal();
      return showError(dialog, answer.error || this.say("failed"));
    }
    // The portal marks the passage where it finds it by its words; else we do, who saw it move.
    const range = answer.marked ? null : passage.range();
    if (this.mayWrite() && range)
      this.editor.chain().setTextSelection(range).setMark("comment", { thread: answer.thread }).run();
    await this.refresh();
    this.focusThread(answer.thread);
  }

  private passage() {
    const { state } = this.editor;
    const { from, to } = state.selection;
    const between = (a: number, b: number) =>
      state.doc.textBetween(Math.max(0, a), Math.min(state.doc.content.size, b), "\n", " ");
    const sync = ySyncPluginKey.getState(state) as Sync;
    const [start, end] = [from, to].map((position) =>
      absolutePositionToRelativePosition(position, sync.type, sync.binding.mapping),
    );
    const range = () => {
      const places = [start, end].map((position) =>
        relativePositionToAbsolutePosition(sync.doc, sync.type, position, sync.binding.mapping),
      );
      const [first, last] = places;
      return first != null && last != null && first < last ? { from: first, to: last } : null;
    };
    return {
      quote: between(from, to).slice(0, QUOTE),
      prefix: between(from - AROUND, from),
      suffix: between(to, to + AROUND),
      range,
    };
  }
}

function marked(node: Node, thread: string): boolean {
  return node.marks.some(({ type, attrs }) => type.name === "comment" && attrs.thread === thread);
}
