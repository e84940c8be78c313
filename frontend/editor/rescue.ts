// When nothing can be saved any more: why, what of one's own isn't saved, and how to take it along.
import * as Y from "yjs";
import { hasFailed, post } from "./dialogs";
import type { Kept } from "./outbox";
import { announce, part, type Say } from "./page";
import type { End, Provider } from "./provider";

/** Where connecting again can help, with the same text. */
const AGAIN = new Set<End>(["signed-out", "flood", "no-right"]);

export class Rescue {
  private readonly box: HTMLElement;
  private text = "";
  private shown = "";
  private forget = async (): Promise<void> => undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly provider: Provider,
    private readonly say: Say,
    /** The text with what isn't saved, once it is there. */
    private readonly content: () => unknown,
  ) {
    this.box = part(root, "[data-rescue]");
    this.box.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-rescue-do]");
      if (button) void this.act(button.dataset.rescueDo ?? "");
    });
  }

  /** The end of a connection, or text of somebody who may no longer write. */
  refresh(): void {
    const { end, pending, connected, mode } = this.provider;
    const lost = end ?? (connected && pending.size && mode !== "write" ? "no-right" : null);
    if (lost) this.show(lost, written(pending.updates), AGAIN.has(lost) && Boolean(end));
    else if (this.shown !== "earlier") this.hide();
    part(this.box, "[data-rescue-do=propose]").hidden = !this.canPropose;
  }

  /** What an earlier page left behind for a text that was replaced since. */
  earlier(left: Kept[], forget: () => Promise<void>): void {
    this.forget = forget;
    this.show("earlier", written(left.map(({ update }) => update)), false);
  }

  private show(reason: string, text: string, again: boolean): void {
    if (this.shown === reason && this.text === text) return;
    this.shown = reason;
    this.text = text;
    part(this.box, "[data-rescue-title]").textContent = this.say(`end-${reason}`);
    part(this.box, "[data-rescue-text]").textContent = this.say(`do-${reason}`);
    part(this.box, "[data-unsaved]").textContent = text;
    part(this.box, "[data-rescue-unsaved]").hidden = !text;
    const offered = { again, copy: text, download: text, discard: text, reload: !text && !again };
    for (const [name, shown] of Object.entries(offered))
      part(this.box, `[data-rescue-do=${name}]`).hidden = !shown;
    this.appear();
  }

  /** Nothing can be typed any more: whoever stands far below it is led to why, and what to do. */
  private appear(): void {
    if (!this.box.hidden) return;
    this.box.hidden = false;
    this.box.scrollIntoView({ block: "center" });
  }

  /** Whoever only lost the right to write has the present text here, and his own words in it. */
  private get canPropose(): boolean {
    const { mode, synced } = this.provider;
    const allowed = this.shown === "no-right" && synced && mode === "suggest";
    return Boolean(allowed && this.text && this.root.dataset.keepUrl);
  }

  private hide(): void {
    this.shown = "";
    this.box.hidden = true;
  }

  private async act(what: string): Promise<void> {
    if (what === "again") this.provider.again();
    else if (what === "propose") await this.propose();
    else if (what === "copy") await this.copy();
    else if (what === "download") this.download();
    else await this.leave(what === "discard");
  }

  private async leave(discard: boolean): Promise<void> {
    if (discard) await (this.shown === "earlier" ? this.forget() : this.provider.pending.discard());
    location.reload();
  }

  /** The draft holds all of it: only then nothing of it stays on this device. */
  private async propose(): Promise<void> {
    const data = new FormData();
    data.set("content", JSON.stringify(this.content()));
    const answer = await post<{ url: string }>(this.root, this.root.dataset.keepUrl ?? "", data);
    if (hasFailed(answer)) {
      part(this.box, "[data-rescue-text]").textContent = answer.error || this.say("failed");
      return;
    }
    await this.provider.pending.discard();
    location.assign(answer.url);
  }

  /** Where the browser doesn't let us, the text is selected: two keys are left to press. */
  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      announce(this.root, "state", this.say("copied"));
    } catch {
      getSelection()?.selectAllChildren(part(this.box, "[data-unsaved]"));
    }
  }

  private download(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.text], { type: "text/plain;charset=utf-8" }));
    link.download = `${this.say("file-name")}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** The letters in updates, in the order in which they were written; what is one run is one line. */
function written(updates: Uint8Array[]): string {
  let text = "";
  let end: Y.ID | null = null;
  for (const struct of updates.flatMap((update) => Y.decodeUpdate(update).structs)) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
    const goesOn = struct.origin && end && Y.compareIDs(struct.origin, end);
    text += (goesOn || !text ? "" : "\n") + struct.content.str;
    end = struct.lastId;
  }
  return text.trim();
}
