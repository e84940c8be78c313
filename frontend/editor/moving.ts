// A commented passage that is moved keeps its thread; a copy of it is another passage and has none.
import { Extension } from "@tiptap/core";
import { Fragment, Slice, type Mark, type Node } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

export const Moving = Extension.create({
  name: "moving",
  addProseMirrorPlugins: () => {
    // Threads that have left this text by cutting or copying: no other text's are known here.
    const left = new Set<string>();
    const transformCopied = (slice: Slice) => {
      for (const thread of threads(slice.content)) left.add(thread);
      return slice;
    };
    const transformPasted = (slice: Slice, view: EditorView) => {
      // What is dragged to another place still stands at the old one.
      const here = moves(view) ? new Set<string>() : new Set(threads(view.state.doc.content));
      const keeps = (thread: string) => left.has(thread) && !here.has(thread);
      return new Slice(without(slice.content, keeps), slice.openStart, slice.openEnd);
    };
    return [new Plugin({ props: { transformCopied, transformPasted } })];
  },
});

function moves(view: EditorView): boolean {
  return (view.dragging as { move?: boolean } | null)?.move === true;
}

function threadOf({ type, attrs }: Mark): string | null {
  return type.name === "comment" ? String(attrs.thread) : null;
}

function threads(content: Fragment): string[] {
  const found: string[] = [];
  content.descendants((node) => {
    for (const mark of node.marks) found.push(threadOf(mark) ?? "");
  });
  return found.filter(Boolean);
}

function without(content: Fragment, keeps: (thread: string) => boolean): Fragment {
  const kept = (mark: Mark) => {
    const thread = threadOf(mark);
    return thread === null || keeps(thread);
  };
  const cleaned: Node[] = [];
  content.forEach((node) => {
    const inside = node.isText ? node : node.copy(without(node.content, keeps));
    cleaned.push(inside.mark(node.marks.filter(kept)));
  });
  return Fragment.fromArray(cleaned);
}
