// The list of comments: HTML of the portal, fetched again when it changes and after each action.
import type { Say } from "./page";

export class Panel {
  private readonly place: HTMLElement | null;
  private readonly sheet = new CSSStyleSheet();
  // One after another: a renewal that began before an action must not undo what it shows.
  private loading = Promise.resolve(true);

  constructor(
    private readonly root: HTMLElement,
    private readonly say: Say,
  ) {
    this.place = root.querySelector("[data-comments]");
    document.adoptedStyleSheets.push(this.sheet);
    this.showPassages();
    this.place?.addEventListener("submit", (event) => this.send(event as SubmitEvent));
    this.place?.addEventListener("click", (event) => this.follow(event));
  }

  /** Once more what is shown, whatever that is by then. */
  async refresh(): Promise<void> {
    await this.load(() => {
      const shown = this.place?.querySelector<HTMLElement>("[data-talk]")?.dataset.talk;
      return shown ?? this.root.dataset.commentsUrl ?? "";
    });
  }

  /** Open or resolved ones. */
  private follow(event: Event): void {
    const link = (event.target as Element).closest<HTMLElement>("[data-show-talk]");
    if (!link) return;
    event.preventDefault();
    void this.load(() => link.dataset.showTalk ?? "").then(() => this.focus("[data-show-talk]"));
  }

  private send(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    event.preventDefault();
    const address = button?.getAttribute("formaction") ?? form.action;
    const thread = form.closest("[id^=thread-]")?.id;
    const sent = this.load(() => address, { method: "POST", body: new FormData(form) }, form);
    void sent.then((arrived) => {
      if (arrived) this.focus("[aria-invalid=true]", thread && `#${thread}`);
      else this.complain(form);
    });
  }

  private focus(...places: (string | undefined)[]): void {
    for (const place of places) {
      const found = place && this.place?.querySelector<HTMLElement>(place);
      if (found) return found.focus();
    }
  }

  /** What was typed stays in its form. */
  private complain(form: HTMLFormElement): void {
    const words = document.createElement("p");
    words.className = "errorlist";
    words.role = "alert";
    words.textContent = this.say("failed");
    form.querySelector(".errorlist[role]")?.remove();
    form.prepend(words);
  }

  /** Whether the list came. */
  private load(address: () => string, options: RequestInit = {}, sent?: HTMLFormElement): Promise<boolean> {
    const next = () => this.replace(address(), options, sent).catch(() => false);
    this.loading = this.loading.then(next);
    return this.loading;
  }

  private async replace(address: string, options: RequestInit, sent?: HTMLFormElement): Promise<boolean> {
    if (!address || !this.place) return false;
    const headers = { "X-Requested-With": "fetch", Accept: "text/html" };
    const answer = await fetch(address, { ...options, headers });
    // 422 is the list, too, with what is wrong in a form; elsewhere leads who is signed out.
    if (answer.redirected || !(answer.ok || answer.status === 422)) return false;
    const list = await answer.text();
    const begun = this.begun(sent);
    const focused = this.place.contains(document.activeElement) ? document.activeElement?.id : "";
    this.place.innerHTML = list;
    this.showPassages();
    for (const [id, words] of begun) this.putBack(id, words);
    if (focused) this.focus(`[id="${focused}"]`);
    return true;
  }

  /** Passages of threads that aren't listed (resolved ones, for most) look like the text around. */
  private showPassages(): void {
    const threads = [...(this.place?.querySelectorAll("[id^=thread-]") ?? [])];
    const listed = threads.map(({ id }) => `[data-thread="${id.slice("thread-".length)}"]`);
    const others = listed.length ? `:not(${listed.join(", ")})` : "";
    this.sheet.replaceSync(`mark${others} { --passage: transparent; --passage-line: transparent; }`);
  }

  /** What somebody is writing, or has opened to write in, in other forms than the one that was sent. */
  private begun(sent?: HTMLFormElement): Map<string, string> {
    const fields = [...(this.place?.querySelectorAll("textarea") ?? [])];
    const begun = fields.filter(
      (field) => field.value !== field.defaultValue || field.closest("details")?.open,
    );
    return new Map(begun.filter(({ form }) => form !== sent).map(({ id, value }) => [id, value]));
  }

  private putBack(id: string, words: string): void {
    const field = this.place?.querySelector<HTMLTextAreaElement>(`textarea[id="${id}"]`);
    if (!field) return;
    field.value = words;
    const details = field.closest("details");
    if (details) details.open = true;
  }
}
