// Dialogs for a link and a picture: the browser's own, with the focus given back to the text.
import type { Editor } from "@tiptap/core";
import { address } from "./attributes";
import { insertBlock } from "./inserting";
import { csrfToken, part, type Say } from "./page";

/** Returns what it was closed with: the value of the button, or "" when it was left. */
export function ask(dialog: HTMLDialogElement): Promise<string> {
  dialog.returnValue = "";
  showError(dialog, "");
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

export function wireDialog(dialog: HTMLDialogElement): void {
  for (const button of dialog.querySelectorAll<HTMLElement>("[data-close]"))
    button.addEventListener("click", () => dialog.close(""));
}

export function showError(dialog: HTMLElement, words: string): void {
  part(dialog, "[data-error]").textContent = words;
}

interface Refused {
  error: string;
}

/** A POST to the portal; what went wrong comes in the portal's words, or without any. */
export async function post<T>(root: HTMLElement, url: string, data: FormData): Promise<T | Refused> {
  try {
    const headers = { "X-CSRFToken": csrfToken(root), Accept: "application/json" };
    const answer = await fetch(url, { method: "POST", body: data, headers });
    const said = (await answer.json()) as T | Refused;
    return answer.ok || hasFailed(said) ? said : { error: "" };
  } catch {
    return { error: "" };
  }
}

export function hasFailed(answer: unknown): answer is Refused {
  return typeof (answer as Partial<Refused>).error === "string";
}

export class LinkDialog {
  private readonly dialog: HTMLDialogElement;

  constructor(
    root: HTMLElement,
    private readonly editor: Editor,
    private readonly say: Say,
  ) {
    this.dialog = part(root, "[data-dialog=link]");
    wireDialog(this.dialog);
    part(this.dialog, "form").addEventListener("submit", (event) => this.check(event as SubmitEvent));
  }

  async open(): Promise<void> {
    const { editor, dialog } = this;
    const href = (editor.getAttributes("link") as { href?: string }).href ?? "";
    this.field("address").value = href;
    this.field("words").value = "";
    // Words are asked for where nothing is selected that could become the link.
    part(dialog, "[data-link-text]").hidden = Boolean(href) || !editor.state.selection.empty;
    part(dialog, "[data-remove]").hidden = !href;
    const answer = await ask(dialog);
    if (answer === "remove") editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
    else if (answer === "apply") this.apply();
    else editor.commands.focus();
  }

  private apply(): void {
    const href = address(this.field("address").value);
    const chain = this.editor.chain().focus();
    const { empty } = this.editor.state.selection;
    if (empty && !this.editor.isActive("link")) {
      const text = this.field("words").value.trim() || this.field("address").value.trim();
      chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] }).run();
    } else {
      chain.extendMarkRange("link").setMark("link", { href }).run();
    }
  }

  private check(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.value === "remove" || address(this.field("address").value)) return;
    event.preventDefault();
    showError(this.dialog, this.say("bad-address"));
    this.field("address").focus();
  }

  private field(name: string): HTMLInputElement {
    return part<HTMLInputElement>(this.dialog, `[name=${name}]`);
  }
}

/** A picture is sent first and stands in the text when the portal has it. */
export function imageDialog(root: HTMLElement, editor: Editor, url: string, say: Say): () => void {
  const dialog = part<HTMLDialogElement>(root, "[data-dialog=image]");
  const form = part<HTMLFormElement>(dialog, "form");
  wireDialog(dialog);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  async function send(): Promise<void> {
    const data = new FormData(form);
    const answer = await post<{ src: string }>(root, url, data);
    if (hasFailed(answer)) return showError(dialog, answer.error || say("failed"));
    const attrs = { src: answer.src, alt: String(data.get("alt")).trim() };
    dialog.close("insert");
    insertBlock(editor, { type: "image", attrs });
  }
  return () => {
    form.reset();
    void ask(dialog).then(() => editor.commands.focus());
  };
}
