// Where the others are in the text: seen, not read aloud (the list "Here now" is for that).
import type { DecorationAttrs } from "@tiptap/pm/view";

export interface Person {
  id?: number | string;
  name?: string;
}

const COLOURS = 8;

/** One of our eight colours, the same for a person everywhere; light and dark know their own. */
export function colour(person: Person): string {
  return `person--${Math.abs(Number(person.id) || 0) % COLOURS}`;
}

export function caret(person: Person): HTMLElement {
  const line = document.createElement("span");
  line.className = `caret ${colour(person)}`;
  line.setAttribute("aria-hidden", "true");
  const name = document.createElement("span");
  name.className = "caret__name";
  name.textContent = person.name ?? "";
  // Without a word joiner around it, the browser's own caret can't stand beside it.
  line.append("\u2060", name, "\u2060");
  return line;
}

export function selection(person: Person): DecorationAttrs {
  return { class: `caret-selection ${colour(person)}` };
}

export function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0]);
  return letters.join("").toLocaleUpperCase();
}
