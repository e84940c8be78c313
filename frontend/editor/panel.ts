// The list of comments: HTML of the portal, fetched again when it changes and after each action.

export class Panel {
  private readonly place: HTMLElement | null;
  private readonly sheet = new CSSStyleSheet();

  constructor(private readonly root: HTMLElement) {
    this.place = root.querySelector("[data-comments]");
    document.adoptedStyleSheets.push(this.sheet);
    this.showPassages();
    this.place?.addEventListener("submit", (event) => this.send(event as SubmitEvent));
    this.place?.addEventListener("click", (event) => this.follow(event));
  }

  async refresh(): Promise<void> {
    const shown = this.place?.querySelector<HTMLElement>("[data-talk]")?.dataset.talk;
    const address = shown ?? this.root.dataset.commentsUrl;
    if (address) await this.load(address);
  }

  /** Open or resolved ones. */
  private follow(event: Event): void {
    const link = (event.target as Element).closest<HTMLElement>("[data-show-talk]");
    if (!link) return;
    event.preventDefault();
    void this.load(link.dataset.showTalk ?? "").then(() => this.focus("[data-show-talk]"));
  }

  private send(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const button = event.submitter as HTMLButtonElement | null;
    event.preventDefault();
    const address = button?.getAttribute("formaction") ?? form.action;
    const thread = form.closest("[id^=thread-]")?.id;
    const sent = this.load(address, { method: "POST", body: new FormData(form) }, form);
    void sent.then(() => this.focus("[aria-invalid=true]", thread && `#${thread}`));
  }

  private focus(...places: (string | undefined)[]): void {
    for (const place of places) {
      const found = place && this.place?.querySelector<HTMLElement>(place);
      if (found) return found.focus();
    }
  }

  private async load(address: string, options: RequestInit = {}, sent?: HTMLFormElement): Promise<void> {
    const headers = { "X-Requested-With": "fetch", Accept: "text/html" };
    const answer = await fetch(address, { ...options, headers }).catch(() => null);
    // 422 is the list, too, with what is wrong in a form.
    if (!this.place || !answer || !(answer.ok || answer.status === 422)) return;
    const list = await answer.text();
    const typed = this.typed(sent);
    const focused = this.place.contains(document.activeElement) ? document.activeElement?.id : "";
    this.place.innerHTML = list;
    this.showPassages();
    for (const [id, words] of typed) this.putBack(id, words);
    if (focused) this.focus(`[id="${focused}"]`);
  }

  /** Passages of threads that aren't listed (resolved ones, for most) look like the text around. */
  private showPassages(): void {
    const threads = [...(this.place?.querySelectorAll("[id^=thread-]") ?? [])];
    const listed = threads.map(({ id }) => `[data-thread="${id.slice("thread-".length)}"]`);
    const others = listed.length ? `:not(${listed.join(", ")})` : "";
    this.sheet.replaceSync(`mark${others} { --passage: transparent; --passage-line: transparent; }`);
  }

  /** What somebody is writing in other forms than the one that was sent. */
  private typed(sent?: HTMLFormElement): Map<string, string> {
    const fields = [...(this.place?.querySelectorAll("textarea") ?? [])];
    const begun = fields.filter((field) => field.form !== sent && field.value !== field.defaultValue);
    return new Map(begun.map((field) => [field.id, field.value]));
  }

  private putBack(id: string, words: string): void {
    const field = this.place?.querySelector<HTMLTextAreaElement>(`textarea[id="${id}"]`);
    if (!field) return;
    field.value = words;
    const details = field.closest("details");
    if (details) details.open = true;
  }
}
