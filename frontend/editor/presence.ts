// "Here now": who has the text open, and what they have just changed.
import { colour, initials, type Person } from "./carets";
import { wirePopup } from "./menus";
import { announce, language, part, seldom, type Say } from "./page";
import type { Provider } from "./provider";

const SHOWN = 4;
/** Milliseconds between two sentences about others' changes. */
const SAID_EVERY = 10_000;
/** The rest of a text that has just been opened is no change. */
const OPENING = 1_000;

export class Presence {
  private readonly changers = new Set<string>();
  private nameless = false;
  private quietUntil = 0;
  private timer = 0;
  /** When somebody comes, goes or moves; when we are connected or not. */
  readonly show: () => void;

  constructor(
    private readonly root: HTMLElement,
    private readonly provider: Provider,
    private readonly say: Say,
  ) {
    wirePopup(part(root, "[data-here-button]"), part(root, "[data-here-popup]"));
    this.show = seldom(200, () => this.list());
    provider.awareness.on("change", this.show);
  }

  /** Everybody once, however many windows he has. */
  private people(): Person[] {
    const { self, connected, awareness } = this.provider;
    const known = new Map<string, Person>();
    if (self && connected) known.set(String(self.id), self);
    for (const { user } of awareness.getStates().values() as Iterable<{ user?: Person }>)
      if (user?.name) known.set(String(user.id ?? user.name), user);
    return [...known.values()];
  }

  private list(): void {
    const people = this.people();
    part(this.root, "[data-here]").hidden = people.length === 0;
    part(this.root, "[data-here-words]").textContent = this.say("here", { number: people.length });
    part(this.root, "[data-here-marks]").replaceChildren(...people.slice(0, SHOWN).map(badge));
    part(this.root, "[data-here-list]").replaceChildren(...people.map((person) => this.row(person)));
  }

  private row(person: Person): HTMLElement {
    const row = document.createElement("li");
    const name = person.name ?? "";
    const own = String(person.id) === String(this.provider.self?.id);
    const mark = badge(person);
    mark.setAttribute("aria-hidden", "true");
    row.append(mark, own ? this.say("you", { name }) : name);
    return row;
  }

  /** One sentence for all that happened, at most every ten seconds. */
  changed(clients: number[]): void {
    if (performance.now() - this.provider.syncedAt < OPENING) return;
    for (const client of clients) this.note(client);
    if (this.timer || !(this.changers.size || this.nameless)) return;
    const wait = Math.max(1000, this.quietUntil - performance.now());
    this.timer = window.setTimeout(() => this.tell(), wait);
  }

  private note(client: number): void {
    const state = this.provider.awareness.getStates().get(client) as { user?: Person } | undefined;
    if (state?.user?.name) this.changers.add(state.user.name);
    else this.nameless = true;
  }

  private tell(): void {
    const names = new Intl.ListFormat(language()).format(this.changers);
    announce(this.root, "others", this.changers.size ? this.say("changed", { names }) : this.say("someone"));
    this.changers.clear();
    this.nameless = false;
    this.timer = 0;
    this.quietUntil = performance.now() + SAID_EVERY;
  }
}

function badge(person: Person): HTMLElement {
  const mark = document.createElement("span");
  mark.className = `here__mark ${colour(person)}`;
  mark.textContent = initials(person.name ?? "");
  return mark;
}
