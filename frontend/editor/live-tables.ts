// Tables made from a room's records: the text holds which one, the portal draws it.
import type { Say } from "./page";

interface Offered {
  name: string;
  url: string;
}

/** Seconds after which a table that somebody looks at again is asked for anew. */
const FRESH = 20;

export class LiveTables {
  private readonly offered: Record<string, Offered>;
  private readonly views = new Set<View>();

  constructor(
    root: HTMLElement,
    private readonly say: Say,
  ) {
    this.offered = JSON.parse(root.dataset.tables || "{}") as Record<string, Offered>;
    const renew = () => {
      if (document.visibilityState === "visible") this.refresh(FRESH);
    };
    window.addEventListener("focus", renew);
    document.addEventListener("visibilitychange", renew);
  }

  /** Whether pasted HTML means a table that this text may show. */
  has(element: HTMLElement): boolean {
    return Object.hasOwn(this.offered, element.dataset.liveTable ?? "");
  }

  /** The records have changed, or may have: what is older than `seconds` is asked for anew. */
  refresh(seconds = 0): void {
    for (const view of this.views) void view.refresh(seconds);
  }

  view(slug: string): View {
    const offered = Object.hasOwn(this.offered, slug) ? this.offered[slug] : undefined;
    const view = new View(slug, offered, this.say, () => this.views.delete(view));
    this.views.add(view);
    void view.refresh(0);
    return view;
  }
}

/** What ProseMirror shows in the table's place: its name, and the table as nobody can change it. */
class View {
  readonly dom = document.createElement("div");
  private readonly shown = document.createElement("div");
  private asked = -Infinity;

  constructor(
    slug: string,
    private readonly offered: Offered | undefined,
    private readonly say: Say,
    readonly destroy: () => void,
  ) {
    const { dom, shown } = this;
    const words = offered ? say("live-table", { name: offered.name }) : say("live-table-gone");
    dom.className = "live-table live-table--edited";
    dom.contentEditable = "false";
    dom.dataset.liveTable = slug;
    dom.setAttribute("role", "group");
    dom.setAttribute("aria-label", words);
    const title = document.createElement("p");
    title.className = "live-table__state";
    title.textContent = words;
    // Nothing in it takes the focus: it is part of a text, to be read and to be taken away whole.
    shown.inert = true;
    dom.append(title, shown);
  }

  async refresh(seconds: number): Promise<void> {
    const { offered, shown } = this;
    const now = performance.now();
    if (!offered || now - this.asked < seconds * 1000) return;
    this.asked = now;
    try {
      const answer = await fetch(offered.url, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      shown.innerHTML = await answer.text();
    } catch {
      // What was shown before is better than nothing.
      if (!shown.childElementCount) shown.textContent = this.say("live-table-failed");
      this.asked = -Infinity;
    }
  }

  selectNode(): void {
    this.dom.classList.add("is-selected");
  }

  deselectNode(): void {
    this.dom.classList.remove("is-selected");
  }

  /** Its inside is ours alone: no change of it is a change of the text. */
  ignoreMutation(): boolean {
    return true;
  }
}
