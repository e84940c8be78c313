// The editor's element, as the server wrote it: its parts, settings and words.

/** Every word that people read comes from the page; `{name}` in it is put in here. */
export type Say = (name: string, values?: Record<string, string | number>) => string;

export function sayFrom(root: ParentNode): Say {
  const template = root.querySelector<HTMLTemplateElement>("template[data-words]");
  const words = new Map<string, string>();
  for (const each of template?.content.querySelectorAll<HTMLElement>("[data-word]") ?? [])
    words.set(each.dataset.word ?? "", each.textContent?.trim() ?? "");
  return (name, values = {}) =>
    (words.get(name) ?? "").replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

export function part<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}

export function language(): string {
  return document.documentElement.lang || "de";
}

/** Django's token against foreign requests, which every POST to the portal carries. */
export function csrfToken(root: ParentNode): string {
  return part<HTMLInputElement>(root, "[name=csrfmiddlewaretoken]").value;
}

/** What is said once, politely, by screen readers. */
export function announce(root: ParentNode, place: "state" | "others", words: string): void {
  part(root, `[data-announce=${place}]`).textContent = words;
}

/** Calls at most once per `wait` milliseconds, and never misses the last call. */
export function seldom(wait: number, call: () => void): () => void {
  let timer = 0;
  return () => {
    timer ||= window.setTimeout(() => {
      timer = 0;
      call();
    }, wait);
  };
}
